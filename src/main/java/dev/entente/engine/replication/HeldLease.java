package dev.entente.engine.replication;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.Lease;
import dev.entente.engine.port.Leases;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * A lease that is renewed until it is given back or lost. Lost also means: it could not be renewed for as long as it is valid,
 * because by then another replica may have it. All calls and the callback are on one event loop.
 */
final class HeldLease {
    private final Leases leases;
    private final PartitionName partition;
    private final Lease lease;
    private final EventLoop loop;
    private final ReplicationSettings settings;
    private final Runnable onLost;
    private EventLoop.Timer renewal = () -> {};
    private EventLoop.Timer expiry = () -> {};
    private boolean over;

    HeldLease(
            Leases leases,
            PartitionName partition,
            Lease lease,
            EventLoop loop,
            ReplicationSettings settings,
            Runnable onLost) {
        this.leases = leases;
        this.partition = partition;
        this.lease = lease;
        this.loop = loop;
        this.settings = settings;
        this.onLost = onLost;
    }

    /** @param valid how long it is valid yet: counted from when it was asked for, which is the careful side */
    void start(Duration valid) {
        expiry = loop.after(valid, this::lost);
        renewal = loop.every(settings.leaseRenewal(), this::renew);
    }

    Lease lease() {
        return lease;
    }

    /** Stops renewing and gives the lease back. */
    Uni<Void> release() {
        if (over) {
            return Uni.createFrom().voidItem();
        }
        end();
        return leases.release(partition, lease);
    }

    /** Here, too, the time of validity counts from the asking. */
    private void renew() {
        EventLoop.Timer next = loop.after(settings.leaseValidity(), this::lost);
        new LoopCalls(loop)
                .ask(
                        leases.renew(partition, lease, settings.leaseValidity()),
                        held -> renewed(held, next),
                        failure -> next.cancel());
    }

    private void renewed(boolean held, EventLoop.Timer next) {
        if (over) {
            next.cancel();
        } else if (held) {
            expiry.cancel();
            expiry = next;
        } else {
            next.cancel();
            lost();
        }
    }

    private void lost() {
        if (!over) {
            end();
            onLost.run();
        }
    }

    private void end() {
        over = true;
        renewal.cancel();
        expiry.cancel();
    }
}
