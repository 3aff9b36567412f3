package dev.entente.boot.embedded;

import dev.entente.domain.identity.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What is made once per user and version, so that a start need not: the unpacked programs and an initialised, empty database.
 *
 * <p>It is made aside and moved into place in one step, so agents that start at the same time the first time cannot disturb
 * each other: one of them wins, the others use what it made. The database has a random password that only its owner can read.
 */
final class PreparedStores {
    static final String USER = "entente";

    private final Path root;

    private PreparedStores(Path root) {
        this.root = root;
    }

    static PreparedStores in(Path cache) {
        Path root = place(cache);
        if (!Files.isDirectory(root)) {
            make(cache, root);
        }
        return new PreparedStores(root);
    }

    /** The native executable carries no programs: it uses what a JVM build of its version prepared, or else what is installed. */
    private static Path place(Path cache) {
        Path carried = cache.resolve(BuildVersions.current().storesKey());
        if (Files.isDirectory(carried) || StoreBinaries.areCarried()) {
            return carried;
        }
        try {
            return cache.resolve(BuildVersions.installedStoresKey(StoreBinaries.installedPostgresVersion()));
        } catch (IOException e) {
            throw new EmbeddedStoreException("cannot run the installed PostgreSQL: " + e, e);
        }
    }

    Path postgresProgram(String name) {
        return root.resolve("postgres/bin").resolve(name);
    }

    Path redisServer() {
        return root.resolve("redis-server");
    }

    /** An empty database that was never started. */
    Path template() {
        return root.resolve("template");
    }

    Path passwordFile() {
        return root.resolve("password");
    }

    static Secret randomPassword() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }

    private static void make(Path cache, Path root) {
        try {
            Path aside = FileTree.createTemporary(cache, "preparing-");
            try {
                fill(new PreparedStores(aside));
                publish(aside, root);
            } finally {
                FileTree.delete(aside);
            }
        } catch (IOException e) {
            throw new EmbeddedStoreException("cannot prepare the private stores under " + cache + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedStoreException("interrupted while preparing the private stores", e);
        }
    }

    private static void fill(PreparedStores aside) throws IOException, InterruptedException {
        StoreBinaries.provideRedis(aside.root);
        StoreBinaries.providePostgres(aside.root);
        FileTree.writePrivate(aside.passwordFile(), randomPassword().reveal());
        aside.initialiseDatabase();
    }

    private void initialiseDatabase() throws IOException, InterruptedException {
        run(List.of(
                postgresProgram("initdb").toString(),
                "--pgdata=" + template(),
                "--username=" + USER,
                "--pwfile=" + passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--wal-segsize=1",
                "--no-sync",
                "--no-instructions"));
    }

    /** Makes sure that a copied database is on the disk before the first commit relies on it. */
    void sync(Path database) throws IOException, InterruptedException {
        run(List.of(postgresProgram("initdb").toString(), "--pgdata=" + database, "--sync-only"));
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(new ArrayList<>(Sessions.notAsRoot(command)))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new EmbeddedStoreException("cannot initialise the private PostgreSQL: " + output.strip()
                    + " (as root it needs user namespaces; run as an ordinary user or configure the URLs of stores)");
        }
    }

    private static void publish(Path aside, Path root) throws IOException {
        try {
            Files.move(aside, root, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            // Another agent was faster; its work is as good.
            assert Files.isDirectory(root);
        }
    }
}
