package dev.entente.boot.embedded;

import dev.entente.domain.identity.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The data and the command line of the private PostgreSQL. */
final class PostgresStore {
    /** Durable, small, and reachable from this machine only; no secret may stand here, command lines are public. */
    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=60",
            "shared_buffers=64MB",
            "fsync=on",
            "synchronous_commit=on",
            "wal_level=minimal",
            "max_wal_senders=0",
            "min_wal_size=16MB",
            "max_wal_size=256MB",
            "jit=off",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_min_messages=fatal",
            "log_min_error_statement=panic");

    private static final int SEALING_KEY_BYTES = 32;

    private final Path home;
    private final PreparedStores prepared;
    private final int port;

    PostgresStore(Path home, PreparedStores prepared, int port) {
        this.home = home;
        this.prepared = prepared;
        this.port = port;
    }

    StorePlace place() {
        return StorePlace.postgres(home);
    }

    List<String> command() {
        List<String> line = new ArrayList<>(List.of(
                prepared.postgresProgram("postgres").toString(),
                "-D",
                database().toString(),
                "-p",
                "" + port));
        SETTINGS.forEach(setting -> line.addAll(List.of("-c", setting)));
        return Sessions.notAsRoot(line);
    }

    /** Copies the template the first time; a copy that was interrupted does not count. */
    void provideData() throws IOException, InterruptedException {
        if (Files.isDirectory(database())) {
            requireSameVersion();
            return;
        }
        Path aside = home.resolve("postgres.copying");
        FileTree.delete(aside);
        FileTree.copy(prepared.template(), aside);
        prepared.sync(aside);
        FileTree.writePrivate(passwordFile(), Files.readString(prepared.passwordFile()));
        Files.move(aside, database(), StandardCopyOption.ATOMIC_MOVE);
    }

    Secret password() throws IOException {
        return new Secret(Files.readString(passwordFile()));
    }

    /** The key of what is sealed within the database; it is made with the database and stays beside it. */
    Secret sealingKey() throws IOException {
        Path file = home.resolve("sealing.key");
        if (!Files.exists(file)) {
            byte[] key = new byte[SEALING_KEY_BYTES];
            new SecureRandom().nextBytes(key);
            FileTree.writePrivate(file, Base64.getEncoder().encodeToString(key));
        }
        return new Secret(Files.readString(file));
    }

    /** PostgreSQL says in its own lock file when it takes connections. */
    boolean isReady(long pid) {
        try {
            List<String> lines = Files.readAllLines(database().resolve("postmaster.pid"));
            return lines.size() >= 8
                    && lines.get(0).strip().equals(Long.toString(pid))
                    && lines.get(7).strip().equals("ready");
        } catch (IOException e) {
            // Not written yet.
            return false;
        }
    }

    private void requireSameVersion() throws IOException {
        String found = Files.readString(database().resolve("PG_VERSION")).strip();
        String ours =
                Files.readString(prepared.template().resolve("PG_VERSION")).strip();
        if (!found.equals(ours)) {
            throw new EmbeddedStoreException("the data in " + database() + " is of PostgreSQL " + found
                    + " and this program brings PostgreSQL " + ours + "; move it with pg_dump of the earlier version");
        }
    }

    private Path database() {
        return place().directory();
    }

    private Path passwordFile() {
        return home.resolve("postgres.password");
    }
}
