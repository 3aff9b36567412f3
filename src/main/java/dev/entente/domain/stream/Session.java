package dev.entente.domain.stream;

import dev.entente.domain.stream.StreamEvent.AddressesChanged;
import dev.entente.domain.stream.StreamEvent.Admitted;
import dev.entente.domain.stream.StreamEvent.BundleChanged;
import dev.entente.domain.stream.StreamEvent.ExportsChanged;
import dev.entente.domain.stream.StreamEvent.HeartbeatDue;
import dev.entente.domain.stream.StreamEvent.LeaseLost;
import dev.entente.domain.stream.StreamEvent.PeeringDeleted;
import dev.entente.domain.stream.StreamEvent.Received;
import dev.entente.domain.stream.StreamEvent.Refused;
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
 * One end of a replication conversation (protocol chapter 3). A value: an event leads to the next state and to effects, which the
 * driver performs in their order.
 *
 * <pre>
 *   dialer:    Connecting ── transport ready ──────────────┐
 *   acceptor:  AwaitingOpen ── Open ──> Admitting ─ admitted ─> Running ── terminated, deleted ──> Draining
 *                   │                       │                   │                              │
 *                   └───────── refused, overdue, broken, stopped, lease lost ──────────┴──────> Ended
 * </pre>
 *
 * A state overrides the events that it accepts; every other is rejected by the default here, with the names of both.
 */
public sealed interface Session permits Connecting, AwaitingOpen, Admitting, Running, Draining, Ended {

    /** A stream that was opened to us. */
    static Step accepting(StreamSettings settings, Instant now) {
        return Step.to(new AwaitingOpen(settings, now.plus(settings.openTimeout())), new Effect.RequestMore());
    }

    /** A stream that we open; the message is sent once the connection stands. */
    static Step dialing(StreamSettings settings, StreamMessage.Open open, Instant now) {
        return Step.to(new Connecting(settings, open, now.plus(settings.openTimeout())));
    }

    /** The next state, and what is to be done. */
    default Step on(StreamEvent event, Instant now) {
        return event.deliverTo(this, now);
    }

    /** Whether what is received is still to be stored. */
    default boolean isImporting() {
        return false;
    }

    default Step received(Received event, Instant now) {
        throw new UnexpectedEventException(this, event);
    }

    default Step transportReady(TransportReady event, Instant now) {
        throw new UnexpectedEventException(this, event);
    }

    default Step transportEnded(TransportEnded event, Instant now) {
        throw new UnexpectedEventException(this, event);
    }

    default Step transportFailed(TransportFailed event, Instant now) {
        throw new UnexpectedEventException(this, event);
    }

    default Step admitted(Admitted event, Instant now) {
        throw new UnexpectedEventException(this, event);
    }

    default Step refused(Refused event, Instant now) {
        throw new UnexpectedEventException(this, event);
    }

    default Step exportsChanged(ExportsChanged event, Instant now) {
        throw new UnexpectedEventException(this, event);
    }

    default Step servicesChanged(ServicesChanged event, Instant now) {
        throw new UnexpectedEventException(this, event);
    }

    default Step bundleChanged(BundleChanged event, Instant now) {
        throw new UnexpectedEventException(this, event);
    }

    default Step addressesChanged(AddressesChanged event, Instant now) {
        throw new UnexpectedEventException(this, event);
    }

    default Step stored(Stored event, Instant now) {
        throw new UnexpectedEventException(this, event);
    }

    default Step storeRefused(StoreRefused event, Instant now) {
        throw new UnexpectedEventException(this, event);
    }

    default Step heartbeatDue(HeartbeatDue event, Instant now) {
        throw new UnexpectedEventException(this, event);
    }

    default Step tick(Tick event, Instant now) {
        throw new UnexpectedEventException(this, event);
    }

    default Step peeringDeleted(PeeringDeleted event, Instant now) {
        throw new UnexpectedEventException(this, event);
    }

    default Step leaseLost(LeaseLost event, Instant now) {
        throw new UnexpectedEventException(this, event);
    }

    default Step stop(Stop event, Instant now) {
        throw new UnexpectedEventException(this, event);
    }
}
