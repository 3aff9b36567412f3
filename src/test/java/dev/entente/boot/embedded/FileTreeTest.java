package dev.entente.boot.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
    @TempDir
    Path directory;

    @Test
    void whoWaitsForAPrivateFileFindsItWhole() throws Exception {
        Path file = directory.resolve("stores.env");
        Set<String> seen = ConcurrentHashMap.newKeySet();
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                note(file, seen);
            }
        });
        for (int round = 0; round < 300; round++) {
            FileTree.writePrivate(file, "whole");
            Files.delete(file);
        }
        FileTree.writePrivate(file, "whole");
        note(file, seen);
        done.set(true);
        reader.join();
        assertThat(seen).containsExactly("whole");
    }

    @Test
    void aPrivateFileIsReplacedAndItsOwnersAlone() throws Exception {
        Path file = directory.resolve("key");
        Files.writeString(file, "before");
        Files.writeString(directory.resolve("key.writing"), "of a process that was killed");
        FileTree.writePrivate(file, "after \u00fc");
        assertThat(file).hasContent("after \u00fc");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(directory.toFile().list()).containsExactly("key");
    }

    private static void note(Path file, Set<String> seen) {
        try {
            seen.add(Files.readString(file));
        } catch (NoSuchFileException notThere) {
            // Not written yet, or taken away again.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
