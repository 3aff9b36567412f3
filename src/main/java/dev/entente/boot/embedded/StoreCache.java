package dev.entente.boot.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The private directory of this user for what can be made again: {@code $XDG_CACHE_HOME/entente}, {@code ~/.cache/entente}. */
final class StoreCache {
    private StoreCache() {}

    static Path root() {
        Path chosen = home().resolve("entente");
        try {
            return FileTree.createPrivate(chosen).toRealPath();
        } catch (IOException e) {
            throw new EmbeddedStoreException(
                    "cannot use " + chosen
                            + " for the private stores; set XDG_CACHE_HOME to a directory that is writable",
                    e);
        }
    }

    private static Path home() {
        String configured = System.getenv("XDG_CACHE_HOME");
        if (configured != null && !configured.isBlank()) {
            return Path.of(configured);
        }
        Path home = Path.of(System.getProperty("user.home"));
        return Files.isWritable(home)
                ? home.resolve(".cache")
                : Path.of(System.getProperty("java.io.tmpdir"), "cache-" + System.getProperty("user.name"));
    }
}
