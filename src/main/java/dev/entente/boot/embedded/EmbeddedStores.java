package dev.entente.boot.embedded;

import dev.entente.domain.identity.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A running pair of private PostgreSQL and Redis.
 *
 * <p>They listen on loopback, on free ports, with random passwords, and keep their data under the data directory between runs.
 * {@link #close()} stops both in order. What a killed agent left running is found by its process id and working directory at
 * the next start and stopped before anything else; a second agent on the same directory is refused. Blocks; it is for the
 * command line, before the application runs.
 */
public final class EmbeddedStores implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(5);
    /** Tells another replica on this machine where the stores are; beside their data, for the owner only, new at each start. */
    private static final String ENVIRONMENT = "stores.env";

    private final DataDirectory directory;
    private final StoreProcess postgres;
    private final StoreProcess redis;
    private final StoreAddresses addresses;
    private final boolean temporary;

    private EmbeddedStores(
            DataDirectory directory,
            StoreProcess postgres,
            StoreProcess redis,
            StoreAddresses addresses,
            boolean temporary) {
        this.directory = directory;
        this.postgres = postgres;
        this.redis = redis;
        this.addresses = addresses;
        this.temporary = temporary;
    }

    /** Starts both on the data directory and returns when both answer. */
    public static EmbeddedStores start(Path dataDirectory) {
        return start(DataDirectory.take(dataDirectory), false);
    }

    /** The same on a fresh directory that goes away at {@link #close()}, or with the next temporary start after a crash. */
    public static EmbeddedStores startTemporary() {
        return start(TemporaryDirectories.takeFresh(StoreCache.root()), true);
    }

    /** Makes what every start needs, if it is not there yet; a build calls it to make the first start quick. */
    public static void prepare() {
        PreparedStores.in(StoreCache.root());
    }

    /** Where they listen. */
    public StoreAddresses addresses() {
        return addresses;
    }

    /** The data directory. */
    Path directory() {
        return directory.root();
    }

    @Override
    public void close() {
        try {
            postgres.askToEnd();
            redis.askToEnd();
            postgres.awaitEnd();
            redis.awaitEnd();
            if (temporary) {
                FileTree.delete(directory.root());
            }
        } catch (IOException e) {
            throw new EmbeddedStoreException("cannot remove temporary directory " + directory.root(), e);
        } finally {
            directory.close();
        }
    }

    private static EmbeddedStores start(DataDirectory directory, boolean temporary) {
        boolean started = false;
        try {
            EmbeddedStores stores = launch(directory, temporary);
            started = true;
            return stores;
        } catch (IOException e) {
            throw new EmbeddedStoreException("cannot start the private stores in " + directory.root() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedStoreException("interrupted while the private stores were starting", e);
        } finally {
            if (!started) {
                directory.close();
            }
        }
    }

    private static EmbeddedStores launch(DataDirectory directory, boolean temporary)
            throws IOException, InterruptedException {
        Path home = directory.stores();
        PreparedStores prepared = PreparedStores.in(StoreCache.root());
        int[] ports = freePorts();
        Secret redisPassword = PreparedStores.randomPassword();
        PostgresStore postgres = new PostgresStore(home, prepared, ports[0]);
        RedisStore redis = new RedisStore(home, prepared, ports[1], redisPassword);

        stopLeftovers(home);
        redis.provideData();
        StoreProcess redisProcess = StoreProcess.launch(redis.place(), redis.command());
        try {
            postgres.provideData();
            StoreProcess postgresProcess = StoreProcess.launch(postgres.place(), postgres.command());
            StoreAddresses addresses = new StoreAddresses(
                    ports[0], PreparedStores.USER, postgres.password(), ports[1], redisPassword, postgres.sealingKey());
            awaitReady(postgresProcess, () -> postgres.isReady(postgresProcess.pid()));
            awaitReady(redisProcess, redis::isReady);
            FileTree.writePrivate(home.resolve(ENVIRONMENT), addresses.environment());
            return new EmbeddedStores(directory, postgresProcess, redisProcess, addresses, temporary);
        } catch (IOException | InterruptedException | RuntimeException e) {
            stopLeftovers(home);
            throw e;
        }
    }

    /** Stops what a killed agent left running; the caller holds the directory, so nobody can be using it. */
    static void stopLeftovers(Path home) {
        StoreProcess.stopLeftover(StorePlace.postgres(home));
        StoreProcess.stopLeftover(StorePlace.redis(home));
    }

    private static void awaitReady(StoreProcess process, BooleanSupplier ready) throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!ready.getAsBoolean()) {
            if (!process.isAlive()) {
                throw process.death();
            }
            if (System.nanoTime() > deadline) {
                throw new EmbeddedStoreException(
                        "a private store was not ready after " + START_LIMIT.toSeconds() + " s");
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    /** Both held open at once, so that they differ. */
    private static int[] freePorts() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket first = new ServerSocket(0, 1, loopback);
                ServerSocket second = new ServerSocket(0, 1, loopback)) {
            return new int[] {first.getLocalPort(), second.getLocalPort()};
        }
    }
}
