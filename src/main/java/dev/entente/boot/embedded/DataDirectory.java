package dev.entente.boot.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A data directory that one process at a time owns.
 *
 * <p>The owner holds a lock of the operating system on the file {@code lock}, so it is free again the moment the owner dies,
 * however it dies. The file names the owner for the message to a second process.
 */
final class DataDirectory implements AutoCloseable {
    private final Path root;
    private final FileChannel channel;

    private DataDirectory(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    /** Takes the directory, creating it if needed; fails with a text for the operator while another process has it. */
    static DataDirectory take(Path root) {
        return tryTake(root)
                .orElseThrow(() -> new EmbeddedStoreException("data directory " + root
                        + " is in use by another agent (process " + owner(root)
                        + "); stop it, or give this one its own -data-dir or the URLs of shared stores"));
    }

    static Optional<DataDirectory> tryTake(Path root) {
        try {
            Path real = FileTree.createPrivate(root).toRealPath();
            FileChannel channel = FileChannel.open(
                    real.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                return Optional.empty();
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
            return Optional.of(new DataDirectory(real, channel));
        } catch (IOException e) {
            throw new EmbeddedStoreException("cannot use data directory " + root + ": " + e, e);
        }
    }

    /** The private directory of the stores within it. */
    Path stores() throws IOException {
        return FileTree.createPrivate(root.resolve("stores"));
    }

    Path root() {
        return root;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new EmbeddedStoreException("cannot release data directory " + root, e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // This very process has the directory already.
            return null;
        }
    }

    private static String owner(Path root) {
        try {
            return Files.readString(root.resolve("lock")).trim();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
