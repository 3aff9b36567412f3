package dev.entente.domain.stream;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that can happen to a conversation. */
public sealed interface StreamEvent {

    /** Hands the event to the state that decides on it. */
    Step deliverTo(Session session, Instant now);

    /** A message arrived. */
    record Received(StreamMessage message) implements StreamEvent {
        @Override
        public Step deliverTo(Session session, Instant now) {
            return session.received(this, now);
        }
    }

    /** The transport stands and takes more. */
    record TransportReady() implements StreamEvent {
        @Override
        public Step deliverTo(Session session, Instant now) {
            return session.transportReady(this, now);
        }
    }

    /** The other side ended the stream normally. */
    record TransportEnded() implements StreamEvent {
        @Override
        public Step deliverTo(Session session, Instant now) {
            return session.transportEnded(this, now);
        }
    }

    /** The stream broke or was refused. */
    record TransportFailed(Ending.Failed end) implements StreamEvent {
        @Override
        public Step deliverTo(Session session, Instant now) {
            return session.transportFailed(this, now);
        }
    }

    /** The dialer may talk to us, and no other stream of its peering is alive. */
    record Admitted() implements StreamEvent {
        @Override
        public Step deliverTo(Session session, Instant now) {
            return session.admitted(this, now);
        }
    }

    /** The dialer may not talk to us; {@code farewell} is sent first. */
    record Refused(List<StreamMessage> farewell, Ending.Failed end) implements StreamEvent {
        public Refused {
            farewell = List.copyOf(farewell);
        }

        @Override
        public Step deliverTo(Session session, Instant now) {
            return session.refused(this, now);
        }
    }

    /** The set of exported services is known, or is another than before. */
    record ExportsChanged(Exports exports) implements StreamEvent {
        @Override
        public Step deliverTo(Session session, Instant now) {
            return session.exportsChanged(this, now);
        }
    }

    /** Some exported services look different. */
    record ServicesChanged(Map<String, Resource.ExportedService> services) implements StreamEvent {
        public ServicesChanged {
            services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
        }

        @Override
        public Step deliverTo(Session session, Instant now) {
            return session.servicesChanged(this, now);
        }
    }

    /** Our roots are known, or others than before. */
    record BundleChanged(Resource.Bundle bundle) implements StreamEvent {
        @Override
        public Step deliverTo(Session session, Instant now) {
            return session.bundleChanged(this, now);
        }
    }

    /** The addresses of our servers are known, or others than before. */
    record AddressesChanged(Resource.ServerAddresses addresses) implements StreamEvent {
        @Override
        public Step deliverTo(Session session, Instant now) {
            return session.addressesChanged(this, now);
        }
    }

    /** What was received under this nonce is stored. */
    record Stored(String nonce) implements StreamEvent {
        @Override
        public Step deliverTo(Session session, Instant now) {
            return session.stored(this, now);
        }
    }

    /** What was received under this nonce could not be stored. */
    record StoreRefused(String nonce, String reason) implements StreamEvent {
        @Override
        public Step deliverTo(Session session, Instant now) {
            return session.storeRefused(this, now);
        }
    }

    /** It is time to show a sign of life. */
    record HeartbeatDue() implements StreamEvent {
        @Override
        public Step deliverTo(Session session, Instant now) {
            return session.heartbeatDue(this, now);
        }
    }

    /** Time has passed: something may be overdue. */
    record Tick() implements StreamEvent {
        @Override
        public Step deliverTo(Session session, Instant now) {
            return session.tick(this, now);
        }
    }

    /** The peering was deleted here. */
    record PeeringDeleted() implements StreamEvent {
        @Override
        public Step deliverTo(Session session, Instant now) {
            return session.peeringDeleted(this, now);
        }
    }

    /** We no longer have the right to be the one stream of the peering. */
    record LeaseLost() implements StreamEvent {
        @Override
        public Step deliverTo(Session session, Instant now) {
            return session.leaseLost(this, now);
        }
    }

    /** This replica stops, or gives the conversation up; that is no word about the peering. */
    record Stop() implements StreamEvent {
        @Override
        public Step deliverTo(Session session, Instant now) {
            return session.stop(this, now);
        }
    }
}
