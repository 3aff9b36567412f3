package dev.entente.boot.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * Where the programs of the stores come from: the archives on the class path, or, where there are none (the native
 * executable), what this machine has installed.
 */
final class StoreBinaries {
    private static final List<String> POSTGRES_PROGRAMS = List.of("postgres", "initdb");
    private static final Pattern VERSION = Pattern.compile("[0-9][0-9a-z.]*");

    private StoreBinaries() {}

    /** Whether the class path carries a PostgreSQL for this machine. */
    static boolean areCarried() {
        return StoreBinaries.class.getClassLoader().getResource(postgresArchive()) != null;
    }

    /** The version of the installed PostgreSQL, as it names itself. */
    static String installedPostgresVersion() throws IOException {
        Path postgres = installedPostgres()
                .orElseThrow(() -> missing("postgres and initdb"))
                .resolve("postgres");
        Process process = new ProcessBuilder(postgres.toString(), "--version").start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher version = VERSION.matcher(words);
        if (!version.find()) {
            throw new EmbeddedStoreException(postgres + " does not tell its version: " + words.strip());
        }
        return version.group();
    }

    /** Puts a directory with {@code bin/postgres} and {@code bin/initdb} under the parent. */
    static void providePostgres(Path parent) throws IOException {
        Path target = parent.resolve("postgres");
        try (InputStream archive = resource(postgresArchive())) {
            if (archive == null) {
                linkInstalledPostgres(target);
            } else {
                unpack(archive, target);
            }
        }
    }

    /** Puts the program {@code redis-server} under the parent. */
    static void provideRedis(Path parent) throws IOException, InterruptedException {
        Path target = parent.resolve("redis-server");
        for (String name : redisPrograms()) {
            try (InputStream program = resource(name)) {
                if (program != null) {
                    Files.copy(program, target);
                    if (target.toFile().setExecutable(true, true) && runs(target)) {
                        return;
                    }
                    Files.delete(target);
                }
            }
        }
        Path installed = Sessions.onPath("redis-server").orElseThrow(() -> missing("redis-server"));
        Files.createSymbolicLink(target, installed);
    }

    private static void unpack(InputStream archive, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, target);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("entry outside of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            FileTree.createPrivate(file);
            return;
        }
        FileTree.createPrivate(parentOf(file));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(file, target.resolve(entry.getLinkName()));
        } else if (!entry.getName().endsWith(".a")) {
            // Static libraries are for compilers; nothing here is compiled.
            Files.copy(tar, file);
            if ((entry.getMode() & 0100) != 0 && !file.toFile().setExecutable(true, true)) {
                throw new IOException("cannot make executable: " + file);
            }
        }
    }

    private static void linkInstalledPostgres(Path target) throws IOException {
        Path bin = installedPostgres().orElseThrow(() -> missing("postgres and initdb"));
        FileTree.createPrivate(target);
        Files.createSymbolicLink(target.resolve("bin"), bin);
    }

    /** PATH first, then where Debian keeps them, the newest last in name order. */
    private static Optional<Path> installedPostgres() throws IOException {
        Optional<Path> onPath = Sessions.onPath("initdb").map(StoreBinaries::realParent);
        if (onPath.filter(StoreBinaries::hasPostgres).isPresent()) {
            return onPath;
        }
        Path debian = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(debian)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(debian)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(StoreBinaries::hasPostgres)
                    .max(Path::compareTo);
        }
    }

    private static boolean hasPostgres(Path bin) {
        return POSTGRES_PROGRAMS.stream().allMatch(program -> Files.isExecutable(bin.resolve(program)));
    }

    private static Path realParent(Path file) {
        try {
            return parentOf(file.toRealPath());
        } catch (IOException e) {
            return parentOf(file);
        }
    }

    private static Path parentOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? Path.of("/") : parent;
    }

    private static boolean runs(Path program) throws InterruptedException {
        try {
            return new ProcessBuilder(program.toString(), "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            // Another machine's format, or no loader for it.
            return false;
        }
    }

    private static String postgresArchive() {
        String machine = isArm() ? "arm_64" : "x86_64";
        return "postgres-" + (isMac() ? "darwin" : "linux") + "-" + machine + ".txz";
    }

    /** The program for a current Linux needs OpenSSL 3; the 32-bit one needs nothing and stands in for it. */
    private static List<String> redisPrograms() {
        if (isMac()) {
            return List.of(isArm() ? "redis-server-6.2.6-v5-darwin-arm64" : "redis-server-6.2.6-v5-darwin-amd64");
        }
        return isArm()
                ? List.of("redis-server-6.2.7-linux-arm64")
                : List.of("redis-server-6.2.6-v5-linux-amd64", "redis-server-6.2.7-linux-386");
    }

    private static boolean isMac() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    }

    private static boolean isArm() {
        return System.getProperty("os.arch").equals("aarch64");
    }

    private static @Nullable InputStream resource(String name) {
        return StoreBinaries.class.getClassLoader().getResourceAsStream(name);
    }

    private static EmbeddedStoreException missing(String programs) {
        return new EmbeddedStoreException("no " + programs + " found for the private stores; install them, "
                + "or configure the URLs of a PostgreSQL and a Redis");
    }
}
