package dev.entente.domain.stream;

import dev.entente.domain.stream.StreamEvent.Received;
import dev.entente.domain.stream.StreamEvent.Stop;
import dev.entente.domain.stream.StreamEvent.Tick;
import dev.entente.domain.stream.StreamEvent.TransportEnded;
import dev.entente.domain.stream.StreamEvent.TransportFailed;
import dev.entente.domain.stream.StreamEvent.TransportReady;
import java.time.Instant;

/** We were dialed, and the first message has not come (protocol chapter 3.1, steps 1 to 3). */
record AwaitingOpen(StreamSettings settings, Instant openBy) implements Session {
    private static final String NOT_OPEN = "first message when initiating a peering must be: Open";
    private static final String NO_PEER_ID = "initial subscription request must specify a PeerID";

    @Override
    public Step received(Received event, Instant now) {
        if (!(event.message() instanceof StreamMessage.Open open)) {
            return failed(StatusCode.INVALID_ARGUMENT, NOT_OPEN);
        }
        if (open.peerId().isEmpty()) {
            return failed(StatusCode.INVALID_ARGUMENT, NO_PEER_ID);
        }
        return Step.to(new Admitting(settings, now.plus(settings.openTimeout())), new Effect.Admit(open));
    }

    @Override
    public Step transportReady(TransportReady event, Instant now) {
        return Step.to(this);
    }

    @Override
    public Step transportEnded(TransportEnded event, Instant now) {
        return failed(StatusCode.UNKNOWN, Running.ENDED_UNEXPECTEDLY);
    }

    @Override
    public Step transportFailed(TransportFailed event, Instant now) {
        return Step.to(new Ended(event.end()));
    }

    @Override
    public Step tick(Tick event, Instant now) {
        return now.isBefore(openBy) ? Step.to(this) : failed(StatusCode.DEADLINE_EXCEEDED, NOT_OPEN);
    }

    @Override
    public Step stop(Stop event, Instant now) {
        return Step.to(new Ended(new Ending.Stopped()), new Effect.Fail(Running.STOPPING));
    }

    private static Step failed(StatusCode code, String text) {
        Ending.Failed end = Ending.Failed.of(code, text);
        return Step.to(new Ended(end), new Effect.Fail(end));
    }
}
