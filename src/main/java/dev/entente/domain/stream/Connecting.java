package dev.entente.domain.stream;

import dev.entente.domain.stream.StreamEvent.LeaseLost;
import dev.entente.domain.stream.StreamEvent.Stop;
import dev.entente.domain.stream.StreamEvent.Tick;
import dev.entente.domain.stream.StreamEvent.TransportEnded;
import dev.entente.domain.stream.StreamEvent.TransportFailed;
import dev.entente.domain.stream.StreamEvent.TransportReady;
import java.time.Instant;

/**
 * We dial, and nothing was sent yet. A stream that ends here leaves no trace in the status: the peering stays as it was (protocol
 * chapter 3.8).
 */
record Connecting(StreamSettings settings, StreamMessage.Open open, Instant connectBy) implements Session {

    @Override
    public Step transportReady(TransportReady event, Instant now) {
        return Running.opened(settings, open, now);
    }

    @Override
    public Step transportEnded(TransportEnded event, Instant now) {
        return Step.to(new Ended(Ending.Failed.of(StatusCode.UNKNOWN, Running.ENDED_UNEXPECTEDLY)));
    }

    @Override
    public Step transportFailed(TransportFailed event, Instant now) {
        return Step.to(new Ended(event.end()));
    }

    @Override
    public Step tick(Tick event, Instant now) {
        if (now.isBefore(connectBy)) {
            return Step.to(this);
        }
        Ending.Failed end = Ending.Failed.of(StatusCode.UNAVAILABLE, "the connection did not stand in time");
        return Step.to(new Ended(end), new Effect.Fail(end));
    }

    @Override
    public Step stop(Stop event, Instant now) {
        Ending.Failed cancelled = Ending.Failed.of(StatusCode.CANCELLED, "the dial was given up");
        return Step.to(new Ended(new Ending.Stopped()), new Effect.Fail(cancelled));
    }

    @Override
    public Step leaseLost(LeaseLost event, Instant now) {
        Ending.Failed end = Ending.Failed.of(StatusCode.ABORTED, Running.LEASE_LOST);
        return Step.to(new Ended(end), new Effect.Fail(end));
    }
}
