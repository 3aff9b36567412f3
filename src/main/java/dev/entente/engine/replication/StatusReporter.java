package dev.entente.engine.replication;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.peering.StreamStatus;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.StreamStatuses;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the shared status of one stream up to date without writing each heartbeat and acknowledgement: the newest status is
 * written at once when its state or a list changed, else after a pause, and again before it lapses. One write at a time; a newer
 * status replaces one that waits. All calls are on one event loop.
 */
final class StatusReporter {
    private final StreamStatuses statuses;
    private final PartitionName partition;
    private final PeeringId peering;
    private final EventLoop loop;
    private final ReplicationSettings settings;
    private final ReplicationObserver observer;
    private final Queue<Runnable> whenWritten = new ArrayDeque<>();
    private final EventLoop.Timer renewal;
    private EventLoop.Timer pause = () -> {};
    private @Nullable StreamStatus newest;
    private @Nullable StreamStatus written;
    private Progress progress = Progress.CLEAN;
    private boolean writing;

    /** What is to be done about the newest status. */
    private enum Progress {
        CLEAN,
        PAUSING,
        DUE,
        TO_FORGET,
        ABANDONED
    }

    StatusReporter(
            StreamStatuses statuses,
            PartitionName partition,
            PeeringId peering,
            EventLoop loop,
            ReplicationSettings settings,
            ReplicationObserver observer) {
        this.statuses = statuses;
        this.partition = partition;
        this.peering = peering;
        this.loop = loop;
        this.settings = settings;
        this.observer = observer;
        this.renewal = loop.every(settings.statusValidity().dividedBy(3), this::renew);
    }

    void record(StreamStatus status) {
        if (progress == Progress.ABANDONED || progress == Progress.TO_FORGET) {
            return;
        }
        newest = status;
        if (isUrgent(status)) {
            due();
        } else if (progress == Progress.CLEAN) {
            progress = Progress.PAUSING;
            pause = loop.after(settings.statusInterval(), this::due);
        }
    }

    /** The stream is gone; what else is known of it stays. */
    void recordBroken(String error) {
        StreamStatus s = newest;
        if (s != null) {
            record(s.ended(error, null));
        }
    }

    /** Removes the status, as if there had been no stream. */
    void forget() {
        pause.cancel();
        progress = Progress.TO_FORGET;
        pump();
    }

    /** Writes nothing more: the status belongs to somebody else now. */
    void abandon() {
        end();
        progress = Progress.ABANDONED;
        runWhenWritten();
    }

    /** Writes what is still to be written, and then calls back. */
    void finish(Runnable then) {
        renewal.cancel();
        if (progress == Progress.PAUSING) {
            due();
        }
        whenWritten.add(then);
        runWhenWritten();
    }

    private void runWhenWritten() {
        boolean asked = !whenWritten.isEmpty() || progress == Progress.ABANDONED;
        if (asked && !writing && (progress == Progress.CLEAN || progress == Progress.ABANDONED)) {
            end();
            while (!whenWritten.isEmpty()) {
                whenWritten.remove().run();
            }
        }
    }

    private void end() {
        renewal.cancel();
        pause.cancel();
    }

    private void renew() {
        if (newest != null && progress == Progress.CLEAN) {
            due();
        }
    }

    private void due() {
        pause.cancel();
        progress = Progress.DUE;
        pump();
    }

    private void pump() {
        if (writing || (progress != Progress.DUE && progress != Progress.TO_FORGET)) {
            return;
        }
        writing = true;
        Uni<Void> write = writeNext();
        progress = Progress.CLEAN;
        new LoopCalls(loop).ask(write, done -> wrote(), this::failed);
    }

    private Uni<Void> writeNext() {
        StreamStatus status = newest;
        if (progress == Progress.TO_FORGET || status == null) {
            newest = null;
            written = null;
            return statuses.remove(partition, peering);
        }
        written = status;
        return statuses.put(partition, peering, status, settings.statusValidity());
    }

    private void wrote() {
        writing = false;
        pump();
        runWhenWritten();
    }

    /** Not tried again at once: the next change or renewal does. */
    private void failed(Throwable cause) {
        observer.trouble("write the status of a stream", cause);
        wrote();
    }

    private boolean isUrgent(StreamStatus status) {
        StreamStatus before = written;
        return before == null
                || before.connected() != status.connected()
                || !Objects.equals(before.lastError(), status.lastError())
                || !Objects.equals(before.imported(), status.imported())
                || !Objects.equals(before.exported(), status.exported())
                || !Objects.equals(before.withheld(), status.withheld());
    }
}
