package dev.entente.boot.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One private store as an operating-system process.
 *
 * <p>It runs in a session of its own, so a Ctrl-C meant for the agent does not reach it before the agent has closed its
 * connections. It writes its process id before it becomes the store, so there is no instant at which it runs unrecorded. A
 * watcher beside it holds a pipe to the agent and stops the store when the agent dies without a word ({@code kill -9}).
 */
final class StoreProcess {
    private static final Duration ORDERLY = Duration.ofSeconds(10);
    private static final Duration HARD = Duration.ofSeconds(5);
    private static final Duration CLOCK_SLACK = Duration.ofSeconds(2);
    private static final String RECORD_AND_BECOME = "echo $$ > \"$0\"; exec \"$@\"";
    private static final String STOP_WHEN_ORPHANED = "read -r word; [ \"$word\" = stopped ] || kill -s \"$0\" \"$1\"";

    private final StorePlace place;
    private final Process store;
    private final Process watcher;

    private StoreProcess(StorePlace place, Process store, Process watcher) {
        this.place = place;
        this.store = store;
        this.watcher = watcher;
    }

    static StoreProcess launch(StorePlace place, List<String> command) throws IOException {
        List<String> line = new ArrayList<>(
                List.of("sh", "-c", RECORD_AND_BECOME, place.pidFile().toString()));
        line.addAll(Sessions.detached(command));
        Process store = new ProcessBuilder(line)
                .directory(place.directory().toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(place.log().toFile())
                .start();
        Process watcher = new ProcessBuilder(Sessions.detached(
                        List.of("sh", "-c", STOP_WHEN_ORPHANED, place.stopSignal(), Long.toString(store.pid()))))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new StoreProcess(place, store, watcher);
    }

    /** Stops what a killed agent left behind in this place; nothing happens when there is nothing. */
    static void stopLeftover(StorePlace place) {
        leftover(place).ifPresent(process -> stop(process, place));
    }

    long pid() {
        return store.pid();
    }

    boolean isAlive() {
        return store.isAlive();
    }

    /** What the store wrote before it died, for the operator. */
    EmbeddedStoreException death() {
        String log;
        try {
            log = Files.readString(place.log(), StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            log = "no log: " + e;
        }
        String tail = log.length() > 2000 ? log.substring(log.length() - 2000) : log;
        return new EmbeddedStoreException(
                place.name() + " did not start (exit status " + store.exitValue() + "): " + tail);
    }

    /** Asks the store to end; {@link #awaitEnd} waits for it, so that several can end side by side. */
    void askToEnd() {
        signal(store.pid(), place.stopSignal());
    }

    void awaitEnd() {
        end(store.toHandle(), place);
        dismissWatcher();
    }

    private void dismissWatcher() {
        try (OutputStream pipe = watcher.getOutputStream()) {
            pipe.write("stopped\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // The watcher is gone already, which is all that was wanted of it.
            watcher.destroy();
        }
    }

    private static void stop(ProcessHandle process, StorePlace place) {
        signal(process.pid(), place.stopSignal());
        end(process, place);
    }

    private static void end(ProcessHandle process, StorePlace place) {
        if (ended(process, ORDERLY)) {
            return;
        }
        signal(process.pid(), place.hardSignal());
        if (!ended(process, HARD)) {
            signal(process.pid(), "KILL");
            if (!ended(process, HARD)) {
                throw new EmbeddedStoreException(place.name() + " (process " + process.pid() + ") cannot be stopped");
            }
        }
    }

    private static boolean ended(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !process.isAlive();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedStoreException("interrupted while a store was stopping", e);
        }
    }

    private static void signal(long pid, String signal) {
        try {
            int status = new ProcessBuilder("kill", "-s", signal, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            // A status other than 0 says that the process is gone; the wait that follows sees the same.
            assert status >= 0;
        } catch (IOException e) {
            throw new EmbeddedStoreException("cannot signal process " + pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<ProcessHandle> leftover(StorePlace place) {
        try {
            if (!Files.exists(place.pidFile())) {
                return Optional.empty();
            }
            String recorded = Files.readString(place.pidFile()).strip();
            Instant at = Files.getLastModifiedTime(place.pidFile()).toInstant();
            return recorded.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(recorded))
                            .filter(ProcessHandle::isAlive)
                            .filter(process -> isOurs(process, place, at));
        } catch (IOException e) {
            throw new EmbeddedStoreException("cannot read " + place.pidFile(), e);
        }
    }

    /** A process id is used again by others: it counts only with our working directory, or else with our start time. */
    private static boolean isOurs(ProcessHandle process, StorePlace place, Instant recordedAt) {
        Path workingDirectory = Path.of("/proc", Long.toString(process.pid()), "cwd");
        if (Files.isDirectory(Path.of("/proc/self"))) {
            try {
                return Files.isSameFile(workingDirectory, place.directory());
            } catch (IOException e) {
                // Gone meanwhile, or another user's: not ours.
                return false;
            }
        }
        return process.info()
                .startInstant()
                .filter(start -> Duration.between(start, recordedAt).abs().compareTo(CLOCK_SLACK) <= 0)
                .isPresent();
    }
}
