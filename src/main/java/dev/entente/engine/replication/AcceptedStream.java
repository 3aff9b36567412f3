package dev.entente.engine.replication;

import dev.entente.domain.identity.GoText;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.PeeringState;
import dev.entente.domain.stream.Ending;
import dev.entente.domain.stream.Role;
import dev.entente.domain.stream.StatusCode;
import dev.entente.domain.stream.StreamEvent;
import dev.entente.domain.stream.StreamMessage;
import dev.entente.engine.peering.PeeringLeases;
import dev.entente.engine.port.Lease;
import dev.entente.engine.port.PeeringStore;
import dev.entente.engine.port.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream that was opened to us, from its first message on: admission, the lease that makes it the only stream of its peering in
 * the cluster, and giving that back at the end (protocol chapter 3.1).
 */
final class AcceptedStream implements StreamDriver.Owner {
    private static final String NO_CA = "Connect CA is not yet initialized";
    private static final String STORES_AWAY = "peering streams cannot be held at present";

    private final Replication common;
    private final Admission admission;
    private final Consumer<StreamDriver> onEnded;
    private @Nullable StreamDriver driver;
    private @Nullable HeldLease lease;

    AcceptedStream(Replication common, Admission admission, Consumer<StreamDriver> onEnded) {
        this.common = common;
        this.admission = admission;
        this.onEnded = onEnded;
    }

    void drivenBy(StreamDriver streamDriver) {
        driver = streamDriver;
    }

    /** A peering that may be dialed, with the lease for its one stream. */
    private record Entry(Engagement.Party party, Lease lease, Instant asked) {
        Peering peering() {
            return party.peering();
        }
    }

    @Override
    public void onOpen(StreamMessage.Open open) {
        Uni<Entry> entry = admission
                .admit(open.peerId(), open.streamSecret(), open.remote())
                .map(outcome -> new Engagement.Party(outcome.orThrow().peering(), Role.ACCEPTOR, open.streamSecret()))
                .chain(this::takeLease);
        calls().ask(entry, this::enter, failure -> refuse(open, failure));
    }

    @Override
    public void onBegun() {}

    @Override
    public void onEnded(Ending ending, @Nullable Engagement engagement) {
        if (lease != null) {
            release(lease.release());
        }
        if (engagement != null) {
            common.observer().streamEnded(engagement.peering(), engagement.role(), ending);
        }
        onEnded.accept(driver());
    }

    private Uni<Entry> takeLease(Engagement.Party party) {
        Peering peering = party.peering();
        Instant asked = common.ports().clock().now();
        return new LeaseTaker(common)
                .take(peering, PeeringLeases.stream(peering.id()))
                .map(taken -> new Entry(party, taken.orElseThrow(() -> duplicate(peering.id())), asked));
    }

    private static RefusedException duplicate(PeeringId id) {
        return new RefusedException(
                Refusal.invalid("failed to register stream: there is an active stream for the given PeerID "
                        + GoText.quote(id.value())));
    }

    /** The stream may have ended while the stores were asked; then the lease goes back at once. */
    private void enter(Entry entry) {
        StreamDriver running = driver();
        HeldLease held = new HeldLease(
                common.ports().leases(),
                entry.peering().partition(),
                entry.lease(),
                running.loop(),
                common.settings(),
                running::loseLease);
        if (running.isOver() || isWithoutCa()) {
            release(held.release());
            refused(new Ending.Failed(StatusCode.UNAVAILABLE.number(), NO_CA), List.of());
            return;
        }
        Duration valid = common.leaseLeft(entry.asked());
        held.start(valid.isNegative() ? Duration.ZERO : valid);
        lease = held;
        running.engage(new Engagement(common, entry.party(), running.loop(), entry.lease()));
        running.post(new StreamEvent.Admitted());
    }

    private boolean isWithoutCa() {
        return common.cluster().meshEnabled()
                && common.ports().view().defaultPartition().caRoots().value().isEmpty();
    }

    private void refuse(StreamMessage.Open open, Throwable failure) {
        if (failure instanceof RefusedException refused) {
            Ending.Failed end = RefusalCodes.end(refused.refusal());
            if (refused.refusal().kind() == Refusal.Kind.ABORTED) {
                refuseDeleted(open.peerId(), end);
            } else {
                refused(end, List.of());
            }
            return;
        }
        common.observer().trouble("admit a stream", failure);
        StatusCode code =
                failure instanceof StoreUnavailableException ? StatusCode.FAILED_PRECONDITION : StatusCode.INTERNAL;
        refused(new Ending.Failed(code.number(), STORES_AWAY), List.of());
    }

    /** Who dials a peering that was deleted here is told so; one that it ended itself needs no word (3.1, step 6). */
    private void refuseDeleted(String peerId, Ending.Failed end) {
        Uni<Optional<PeeringStore.Held>> held = PeeringId.isValid(peerId)
                ? common.ports().peerings().byId(new PeeringId(peerId))
                : Uni.createFrom().item(Optional.empty());
        calls().ask(
                        held,
                        found -> refused(end, found.map(this::farewell).orElseGet(List::of)),
                        failure -> refused(end, List.of()));
    }

    private List<StreamMessage> farewell(PeeringStore.Held held) {
        return held.peering().state() == PeeringState.TERMINATED ? List.of() : List.of(new StreamMessage.Terminated());
    }

    private void refused(Ending.Failed end, List<StreamMessage> farewell) {
        driver().post(new StreamEvent.Refused(farewell, end));
    }

    private void release(Uni<Void> release) {
        calls().ask(release, done -> {}, failure -> common.observer().trouble("give a lease back", failure));
    }

    private LoopCalls calls() {
        return new LoopCalls(driver().loop());
    }

    private StreamDriver driver() {
        if (driver == null) {
            throw new IllegalStateException("the stream has no driver");
        }
        return driver;
    }
}
