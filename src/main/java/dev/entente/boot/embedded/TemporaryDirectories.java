package dev.entente.boot.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Data directories that live as long as one agent; those of killed agents are swept by the next one. */
final class TemporaryDirectories {
    private static final String PREFIX = "dev-";
    /** Between the creation of a directory and its lock lies a moment in which it only looks abandoned. */
    private static final Duration YOUNG = Duration.ofSeconds(10);

    private TemporaryDirectories() {}

    static DataDirectory takeFresh(Path parent) {
        try {
            sweep(parent);
            return DataDirectory.take(FileTree.createTemporary(parent, PREFIX));
        } catch (IOException e) {
            throw new EmbeddedStoreException("cannot make a temporary data directory under " + parent + ": " + e, e);
        }
    }

    private static void sweep(Path parent) throws IOException {
        List<Path> candidates;
        try (Stream<Path> entries = Files.list(parent)) {
            candidates = entries.filter(TemporaryDirectories::mayBeAbandoned).toList();
        }
        for (Path candidate : candidates) {
            Optional<DataDirectory> abandoned = DataDirectory.tryTake(candidate);
            if (abandoned.isPresent()) {
                try (DataDirectory directory = abandoned.get()) {
                    EmbeddedStores.stopLeftovers(directory.stores());
                    FileTree.delete(directory.root());
                }
            }
        }
    }

    private static boolean mayBeAbandoned(Path directory) {
        try {
            Path name = directory.getFileName();
            Instant changed = Files.getLastModifiedTime(directory).toInstant();
            return name != null
                    && name.toString().startsWith(PREFIX)
                    && changed.isBefore(Instant.now().minus(YOUNG));
        } catch (IOException e) {
            // Removed by its owner while we looked.
            return false;
        }
    }
}
