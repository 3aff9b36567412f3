package dev.entente.engine.replication;

import dev.entente.domain.peering.Peering;
import dev.entente.engine.peering.PeeringLeases;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.Lease;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lease for dialing one peering: sought until this replica has it, then held until it is lost or given back. All calls and
 * callbacks are on one event loop.
 */
final class DialLease {
    private final Replication common;
    private final EventLoop loop;
    private final Peering peering;
    private final Listener listener;
    private final LeaseTaker taker;

    private EventLoop.Timer timer = () -> {};
    private @Nullable HeldLease held;
    private boolean wanted;

    /** Hears whether this replica may dial. */
    interface Listener {
        void onTaken();

        void onLost();
    }

    DialLease(Replication common, EventLoop loop, Peering peering, Listener listener) {
        this.common = common;
        this.loop = loop;
        this.peering = peering;
        this.listener = listener;
        this.taker = new LeaseTaker(common);
    }

    /** Tries again and again, as long as another replica has it or the store is away. */
    void seek() {
        wanted = true;
        Instant asked = common.ports().clock().now();
        Uni<Optional<Lease>> acquiring = taker.take(peering, PeeringLeases.dial(peering.id()));
        new LoopCalls(loop).ask(acquiring, taken -> answered(asked, taken), failure -> later());
    }

    /** What shows that this replica may dial; empty while it may not. */
    Optional<Lease> current() {
        return Optional.ofNullable(held).map(HeldLease::lease);
    }

    /** Stops seeking, and gives back what is held. */
    void release() {
        wanted = false;
        timer.cancel();
        HeldLease mine = held;
        held = null;
        if (mine != null) {
            giveBack(mine);
        }
    }

    /**
     * What nobody wants any more is given back, and also what may have lapsed already because the answer took so long: this replica may
     * have stood still.
     */
    private void answered(Instant asked, Optional<Lease> taken) {
        if (taken.isEmpty()) {
            later();
            return;
        }
        HeldLease mine = new HeldLease(
                common.ports().leases(), peering.partition(), taken.get(), loop, common.settings(), this::lost);
        Duration valid = common.leaseLeft(asked);
        if (wanted && !valid.isNegative()) {
            held = mine;
            mine.start(valid);
            listener.onTaken();
        } else {
            giveBack(mine);
            later();
        }
    }

    private void later() {
        if (wanted) {
            timer = loop.after(common.settings().takeoverPoll(), this::seek);
        }
    }

    private void lost() {
        held = null;
        listener.onLost();
    }

    private void giveBack(HeldLease mine) {
        new LoopCalls(loop)
                .ask(mine.release(), done -> {}, failure -> common.observer().trouble("give a lease back", failure));
    }
}
