package dev.entente.boot.embedded;

import java.nio.file.Path;

/**
 * Where one store lives and how it is ended.
 *
 * @param directory where its data is, and the working directory by which a leftover is recognised
 * @param stopSignal ends it in order
 * @param hardSignal for one that does not listen
 */
record StorePlace(String name, Path directory, Path pidFile, Path log, String stopSignal, String hardSignal) {

    /** INT makes PostgreSQL drop its clients and write a checkpoint; QUIT leaves the checkpoint to the next start. */
    static StorePlace postgres(Path home) {
        return of("PostgreSQL", "postgres", home, "INT", "QUIT");
    }

    static StorePlace redis(Path home) {
        return of("Redis", "redis", home, "TERM", "KILL");
    }

    private static StorePlace of(String name, String file, Path home, String stopSignal, String hardSignal) {
        return new StorePlace(
                name,
                home.resolve(file),
                home.resolve(file + ".pid"),
                home.resolve(file + ".log"),
                stopSignal,
                hardSignal);
    }
}
