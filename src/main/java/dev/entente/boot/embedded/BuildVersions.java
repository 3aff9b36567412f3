package dev.entente.boot.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions that the build put together. */
public record BuildVersions(String entente, String postgres, String redis) {
    /** Raised when what is prepared once changes in its form. */
    private static final int FORM = 1;

    /** Reads what the build wrote. */
    public static BuildVersions current() {
        Properties properties = new Properties();
        try (InputStream file = BuildVersions.class.getClassLoader().getResourceAsStream("entente-build.properties")) {
            if (file != null) {
                properties.load(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BuildVersions(
                properties.getProperty("version", "dev"),
                properties.getProperty("postgres", "installed"),
                properties.getProperty("redis", "installed"));
    }

    /** Names what is prepared of the programs that the JVM build carries. */
    String storesKey() {
        return "stores-" + FORM + "-postgres-" + postgres + "-redis-" + redis;
    }

    /** Names what is prepared of installed programs; an upgrade of PostgreSQL needs another empty database. */
    static String installedStoresKey(String postgresVersion) {
        return "stores-" + FORM + "-installed-postgres-" + postgresVersion;
    }
}
