package dev.entente.domain.stream;

import dev.entente.domain.peering.StreamStatus;

/** Something that is to be done after a step; effects of a step are performed in their order. */
public sealed interface Effect {

    /** Who performs effects. */
    interface Performer {
        void send(StreamMessage message);

        void begin();

        void admit(StreamMessage.Open open);

        void store(String nonce, ImportOperation operation);

        void recordStatus(StreamStatus status);

        void forgetStatus();

        void markTerminated();

        void requestMore();

        void complete();

        void fail(Ending.Failed end);
    }

    void performBy(Performer performer);

    /** Sends a message. */
    record Send(StreamMessage message) implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.send(message);
        }
    }

    /** The conversation has begun: heartbeats become due, and changes of what we export are reported from now on. */
    record Begin() implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.begin();
        }
    }

    /** Finds out whether the dialer may talk to us; answered by {@code Admitted} or {@code Refused}. */
    record Admit(StreamMessage.Open open) implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.admit(open);
        }
    }

    /** Stores what was received; answered by {@code Stored} or {@code StoreRefused} with the same nonce. */
    record Store(String nonce, ImportOperation operation) implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.store(nonce, operation);
        }
    }

    /** Makes the newest status readable by all. */
    record RecordStatus(StreamStatus status) implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.recordStatus(status);
        }
    }

    /** Makes it look as if there had been no stream. */
    record ForgetStatus() implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.forgetStatus();
        }
    }

    /** Notes in the record that the other side has ended the peering. */
    record MarkTerminated() implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.markTerminated();
        }
    }

    /** Asks the transport for the next message. */
    record RequestMore() implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.requestMore();
        }
    }

    /** Ends our direction without an error. */
    record Complete() implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.complete();
        }
    }

    /** Ends the stream with an error. */
    record Fail(Ending.Failed end) implements Effect {
        @Override
        public void performBy(Performer performer) {
            performer.fail(end);
        }
    }
}
