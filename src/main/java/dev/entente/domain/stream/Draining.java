package dev.entente.domain.stream;

import dev.entente.domain.stream.StreamEvent.AddressesChanged;
import dev.entente.domain.stream.StreamEvent.BundleChanged;
import dev.entente.domain.stream.StreamEvent.ExportsChanged;
import dev.entente.domain.stream.StreamEvent.HeartbeatDue;
import dev.entente.domain.stream.StreamEvent.LeaseLost;
import dev.entente.domain.stream.StreamEvent.PeeringDeleted;
import dev.entente.domain.stream.StreamEvent.Received;
import dev.entente.domain.stream.StreamEvent.ServicesChanged;
import dev.entente.domain.stream.StreamEvent.Stop;
import dev.entente.domain.stream.StreamEvent.StoreRefused;
import dev.entente.domain.stream.StreamEvent.Stored;
import dev.entente.domain.stream.StreamEvent.Tick;
import dev.entente.domain.stream.StreamEvent.TransportEnded;
import dev.entente.domain.stream.StreamEvent.TransportFailed;
import dev.entente.domain.stream.StreamEvent.TransportReady;
import java.time.Instant;

/**
 * The peering is over and everything is said; what still arrives is discarded until the other side ends the stream, because an
 * abrupt end could lose our last message (protocol chapters 3.7 and 3.10). Changes that were under way are of no interest now.
 */
record Draining(Role role, Instant until) implements Session {

    @Override
    public Step received(Received event, Instant now) {
        return Step.to(this, new Effect.RequestMore());
    }

    @Override
    public Step transportEnded(TransportEnded event, Instant now) {
        return switch (role) {
            case ACCEPTOR -> Step.to(farewell(), new Effect.Complete());
            case DIALER -> Step.to(farewell());
        };
    }

    @Override
    public Step transportFailed(TransportFailed event, Instant now) {
        return Step.to(farewell());
    }

    @Override
    public Step tick(Tick event, Instant now) {
        return now.isBefore(until) ? Step.to(this) : cut();
    }

    @Override
    public Step stop(Stop event, Instant now) {
        return cut();
    }

    @Override
    public Step transportReady(TransportReady event, Instant now) {
        return Step.to(this);
    }

    @Override
    public Step exportsChanged(ExportsChanged event, Instant now) {
        return Step.to(this);
    }

    @Override
    public Step servicesChanged(ServicesChanged event, Instant now) {
        return Step.to(this);
    }

    @Override
    public Step bundleChanged(BundleChanged event, Instant now) {
        return Step.to(this);
    }

    @Override
    public Step addressesChanged(AddressesChanged event, Instant now) {
        return Step.to(this);
    }

    /** The stream may have been ended while something was being stored, so that nothing more was asked for. */
    @Override
    public Step stored(Stored event, Instant now) {
        return Step.to(this, new Effect.RequestMore());
    }

    @Override
    public Step storeRefused(StoreRefused event, Instant now) {
        return Step.to(this, new Effect.RequestMore());
    }

    @Override
    public Step heartbeatDue(HeartbeatDue event, Instant now) {
        return Step.to(this);
    }

    @Override
    public Step peeringDeleted(PeeringDeleted event, Instant now) {
        return Step.to(this);
    }

    @Override
    public Step leaseLost(LeaseLost event, Instant now) {
        return Step.to(this);
    }

    private Step cut() {
        return switch (role) {
            case ACCEPTOR -> Step.to(farewell(), new Effect.Complete());
            case DIALER ->
                Step.to(
                        farewell(),
                        new Effect.Fail(
                                Ending.Failed.of(StatusCode.CANCELLED, "the other side did not end the stream")));
        };
    }

    private static Ended farewell() {
        return new Ended(new Ending.Farewell());
    }
}
