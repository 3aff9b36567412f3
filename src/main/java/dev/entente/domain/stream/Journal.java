package dev.entente.domain.stream;

import dev.entente.domain.peering.StreamStatus;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a conversation notes down for readers of the peering (protocol chapter 3.8). */
record Journal(StreamStatus status) {

    /** The first page of a new stream. */
    static Journal connected() {
        return new Journal(new StreamStatus(true, null, null, null, null, null, null, null, null));
    }

    Journal heartbeat(Instant now) {
        return with(page -> {
            page.heartbeat = now;
            page.receive = now;
        });
    }

    /** Something received was stored. */
    Journal stored(Instant now) {
        return with(page -> {
            page.receive = now;
            page.stored = now;
        });
    }

    /** Something received was refused. */
    Journal receivedInError(Instant now) {
        return with(page -> {
            page.receive = now;
            page.receiveError = now;
        });
    }

    Journal imported(List<String> names) {
        return with(page -> page.imported = List.copyOf(names));
    }

    Journal exported(List<String> names) {
        return with(page -> page.exported = names);
    }

    Journal sent(Instant now) {
        return with(page -> page.send = now);
    }

    Journal acknowledged(Instant now) {
        return with(page -> page.ack = now);
    }

    Journal refused(Instant now) {
        return with(page -> page.nack = now);
    }

    /** The last page: no stream any more, and why; no reason when it was ended on purpose. */
    Journal ended(@Nullable String error, Instant now) {
        return new Journal(status.ended(error, now));
    }

    private Journal with(Consumer<Page> change) {
        Page page = new Page(status);
        change.accept(page);
        return new Journal(page.written(status));
    }

    /** A page while it is being written. */
    private static final class Page {
        private @Nullable List<String> imported;
        private @Nullable List<String> exported;
        private @Nullable Instant heartbeat;
        private @Nullable Instant receive;
        private @Nullable Instant send;
        private @Nullable Instant ack;
        private @Nullable Instant nack;
        private @Nullable Instant stored;
        private @Nullable Instant receiveError;

        private Page(StreamStatus last) {
            imported = last.imported();
            exported = last.exported();
            heartbeat = last.lastHeartbeat();
            receive = last.lastReceive();
            send = last.lastSend();
            ack = last.lastAck();
            nack = last.lastNack();
            stored = last.lastStored();
            receiveError = last.lastReceiveError();
        }

        private StreamStatus written(StreamStatus last) {
            return new StreamStatus(
                    last.connected(),
                    last.lastError(),
                    imported,
                    exported,
                    heartbeat,
                    receive,
                    send,
                    ack,
                    nack,
                    last.disconnectedAt(),
                    stored,
                    receiveError,
                    last.withheld());
        }
    }
}
