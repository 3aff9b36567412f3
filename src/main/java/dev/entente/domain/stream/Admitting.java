package dev.entente.domain.stream;

import dev.entente.domain.stream.StreamEvent.Admitted;
import dev.entente.domain.stream.StreamEvent.Refused;
import dev.entente.domain.stream.StreamEvent.Stop;
import dev.entente.domain.stream.StreamEvent.Tick;
import dev.entente.domain.stream.StreamEvent.TransportEnded;
import dev.entente.domain.stream.StreamEvent.TransportFailed;
import dev.entente.domain.stream.StreamEvent.TransportReady;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The dialer has shown its secret, and the stores are asked about it (protocol chapter 3.1, steps 4 to 14). */
record Admitting(StreamSettings settings, Instant decideBy) implements Session {

    @Override
    public Step admitted(Admitted event, Instant now) {
        return Running.admitted(settings, now);
    }

    @Override
    public Step refused(Refused event, Instant now) {
        List<Effect> effects = new ArrayList<>();
        event.farewell().forEach(message -> effects.add(new Effect.Send(message)));
        effects.add(new Effect.Fail(event.end()));
        return new Step(new Ended(event.end()), effects);
    }

    @Override
    public Step transportReady(TransportReady event, Instant now) {
        return Step.to(this);
    }

    @Override
    public Step transportEnded(TransportEnded event, Instant now) {
        Ending.Failed end = Ending.Failed.of(StatusCode.UNKNOWN, Running.ENDED_UNEXPECTEDLY);
        return Step.to(new Ended(end), new Effect.Fail(end));
    }

    @Override
    public Step transportFailed(TransportFailed event, Instant now) {
        return Step.to(new Ended(event.end()));
    }

    @Override
    public Step tick(Tick event, Instant now) {
        if (now.isBefore(decideBy)) {
            return Step.to(this);
        }
        Ending.Failed end = Ending.Failed.of(StatusCode.UNAVAILABLE, "the peering could not be looked up in time");
        return Step.to(new Ended(end), new Effect.Fail(end));
    }

    @Override
    public Step stop(Stop event, Instant now) {
        return Step.to(new Ended(new Ending.Stopped()), new Effect.Fail(Running.STOPPING));
    }
}
