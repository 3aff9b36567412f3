package dev.entente.engine.replication;

import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.Remote;
import dev.entente.domain.stream.Ending;
import dev.entente.domain.stream.RedialDelay;
import dev.entente.domain.stream.Role;
import dev.entente.domain.stream.Session;
import dev.entente.domain.stream.StreamEvent;
import dev.entente.domain.stream.StreamMessage;
import dev.entente.engine.peering.MeshGateways;
import dev.entente.engine.port.DialTarget;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.Lease;
import dev.entente.engine.port.PeerDialer;
import dev.entente.engine.port.PeeringStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one peering connected: takes the lease for dialing it, opens a stream over the ring of addresses, and dials again after a
 * failure (protocol chapter 3.2). While another replica has the lease it waits for that to lapse.
 *
 * <p>All state is touched on one event loop. Answers to what was asked in an earlier round are dropped.
 */
final class DialLoop {
    /**
     * How often a peering is looked up again that waits or rests. A new secret alone does not show in the view, nor does a record
     * that was changed twice, to what it was before, until somebody looked.
     */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final Replication common;
    private final EventLoop loop;
    private final LoopCalls calls;
    private final PeerDialer dialer;
    private final AddressRing ring = new AddressRing();
    private final DialLease lease;
    private Peering record;
    private Phase phase = Phase.SEEKING_LEASE;
    private int round;
    private int failedAttempts;
    private EventLoop.Timer timer = () -> {};
    private PeeringStore.@Nullable Held tried;
    private @Nullable StreamDriver driver;

    /** Where the loop stands. */
    private enum Phase {
        /** Another replica may be dialing. */
        SEEKING_LEASE,
        /** The stores are asked, or the connection is made. */
        CONNECTING,
        /** The stream has begun. */
        RUNNING,
        /** A failed attempt is followed by a pause. */
        PAUSING,
        /** Nothing to dial until the record changes. */
        RESTING,
        /** Over; nothing may begin any more. */
        STOPPED
    }

    DialLoop(Replication common, EventLoop loop, PeerDialer dialer, Peering record) {
        this.common = common;
        this.loop = loop;
        this.calls = new LoopCalls(loop);
        this.dialer = dialer;
        this.record = record;
        this.lease = new DialLease(common, loop, record, new DialLease.Listener() {
            @Override
            public void onTaken() {
                leaseTaken();
            }

            @Override
            public void onLost() {
                leaseLost();
            }
        });
    }

    void start() {
        loop.execute(this::seekLease);
    }

    /** A waiting loop begins anew, without the memory of failures; a running stream goes on, unless it is with somebody else. */
    void recordChanged(Peering newest) {
        loop.execute(() -> {
            boolean changed = !newest.equals(record);
            record = newest;
            if (changed) {
                anew();
            }
        });
    }

    /** The peering is no longer dialed: a stream that runs says so itself and ends, everything else ends here. */
    void retire() {
        loop.execute(() -> {
            if (phase == Phase.RUNNING) {
                phase = Phase.STOPPED;
            } else {
                halt();
            }
        });
    }

    /** Ends without a word about the peering. */
    void stop() {
        loop.execute(this::halt);
    }

    private void halt() {
        phase = Phase.STOPPED;
        round++;
        timer.cancel();
        if (driver != null) {
            driver.post(new StreamEvent.Stop());
        } else {
            lease.release();
        }
    }

    private void anew() {
        switch (phase) {
            case PAUSING, RESTING -> {
                failedAttempts = 0;
                connect();
            }
            case CONNECTING -> {
                failedAttempts = 0;
                if (driver != null) {
                    driver.post(new StreamEvent.Stop());
                } else {
                    connect();
                }
            }
            case RUNNING -> leaveAnotherPeer();
            case SEEKING_LEASE, STOPPED -> {}
        }
    }

    /** A token was used that another cluster gave, or this one after it had deleted the peering. */
    private void leaveAnotherPeer() {
        if (driver != null && tried != null && !tried.peering().peerId().equals(record.peerId())) {
            driver.post(new StreamEvent.Stop());
        }
    }

    private void seekLease() {
        next(Phase.SEEKING_LEASE);
        lease.seek();
    }

    private void leaseTaken() {
        failedAttempts = 0;
        connect();
    }

    private void leaseLost() {
        if (phase == Phase.STOPPED) {
            return;
        }
        if (driver != null) {
            driver.loseLease();
        } else {
            seekLease();
        }
    }

    private void connect() {
        int mine = next(Phase.CONNECTING);
        calls.ask(
                common.ports().peerings().byId(record.id()),
                held -> found(mine, held),
                failure -> notFound(mine, failure));
    }

    private void found(int mine, Optional<PeeringStore.Held> held) {
        if (mine != round) {
            return;
        }
        Optional<PeeringStore.Held> dialable = held.filter(DialLoop::isDialable);
        Optional<Lease> dialing = lease.current();
        if (dialable.isEmpty() || dialing.isEmpty()) {
            tried = null;
            rest();
            return;
        }
        tried = dialable.get();
        open(mine, dialable.get(), dialing.get());
    }

    private static boolean isDialable(PeeringStore.Held held) {
        return held.peering().isActive()
                && held.peering().isDialer()
                && held.secrets().dialing() != null;
    }

    private void notFound(int mine, Throwable failure) {
        if (mine == round) {
            common.observer().trouble("look a peering up for dialing", failure);
            pause(common.settings().takeoverPoll());
        }
    }

    /** The secret is set, as {@link #isDialable} has found. */
    private void open(int mine, PeeringStore.Held held, Lease dialing) {
        Peering peering = held.peering();
        Secret secret = Objects.requireNonNull(held.secrets().dialing());
        String address = ring.next(new MeshGateways(common.ports().view()).before(peering.dialAddresses()));
        StreamDriver opened = new StreamDriver(loop, common, new Dialed(mine, peering, address));
        driver = opened;
        opened.engage(new Engagement(common, new Engagement.Party(peering, Role.DIALER, secret), loop, dialing));
        StreamMessage.Open open = new StreamMessage.Open(
                peering.peerId(),
                secret,
                new Remote(peering.partition().external(), common.cluster().datacenter()));
        DialTarget target = new DialTarget(
                address, peering.serverName(), PeerRoots.of(common.ports().view(), peering));
        Instant now = common.ports().clock().now();
        opened.start(dialer.open(target, opened), Session.dialing(common.settings().stream(), open, now));
    }

    /** One attempt. */
    private final class Dialed implements StreamDriver.Owner {
        private final int mine;
        private final Peering peering;
        private final String address;
        private @Nullable Instant begun;

        private Dialed(int mine, Peering peering, String address) {
            this.mine = mine;
            this.peering = peering;
            this.address = address;
        }

        @Override
        public void onOpen(StreamMessage.Open open) {
            throw new IllegalStateException("a dialer is not dialed");
        }

        @Override
        public void onBegun() {
            begun = common.ports().clock().now();
            if (mine == round && phase == Phase.CONNECTING) {
                phase = Phase.RUNNING;
            }
        }

        @Override
        public void onEnded(Ending ending, @Nullable Engagement engagement) {
            Instant since = begun;
            if (since == null) {
                common.observer().dialFailed(peering, address, ending);
            } else {
                common.observer().streamEnded(peering, Role.DIALER, ending);
            }
            boolean steady = since != null
                    && !common.ports()
                            .clock()
                            .now()
                            .isBefore(since.plus(common.settings().steadyAfter()));
            driver = null;
            ended(ending, steady);
        }
    }

    private void ended(Ending ending, boolean steady) {
        if (phase == Phase.STOPPED) {
            lease.release();
        } else if (lease.current().isEmpty()) {
            seekLease();
        } else if (ending instanceof Ending.Failed failed) {
            failedAttempts = steady ? 1 : failedAttempts + 1;
            pause(RedialDelay.after(failed.code(), failedAttempts));
        } else if (ending instanceof Ending.Stopped) {
            connect();
        } else {
            rest();
        }
    }

    private void rest() {
        int mine = next(Phase.RESTING);
        timer = loop.after(LOOK_AGAIN, () -> lookAgain(mine, this::rest));
    }

    /** Waits, but not past the moment when the stored peering is no longer the one that failed. */
    private void pause(Duration delay) {
        int mine = next(Phase.PAUSING);
        if (delay.compareTo(LOOK_AGAIN) <= 0) {
            timer = loop.after(delay, () -> connectIn(mine));
        } else {
            timer = loop.after(LOOK_AGAIN, () -> lookAgain(mine, () -> pause(delay.minus(LOOK_AGAIN))));
        }
    }

    /** A timer that was cancelled may still fire where the process stood still in between. */
    private void connectIn(int mine) {
        if (mine == round) {
            connect();
        }
    }

    /** Goes on as given, unless there is something to dial that was not tried yet. */
    private void lookAgain(int mine, Runnable otherwise) {
        calls.ask(
                common.ports().peerings().byId(record.id()),
                held -> looked(mine, isUntried(held), otherwise),
                failure -> looked(mine, false, otherwise));
    }

    private void looked(int mine, boolean untried, Runnable otherwise) {
        if (mine != round) {
            return;
        }
        if (untried) {
            failedAttempts = 0;
            connect();
        } else {
            otherwise.run();
        }
    }

    private boolean isUntried(Optional<PeeringStore.Held> held) {
        PeeringStore.Held before = tried;
        return held.filter(DialLoop::isDialable)
                .filter(now -> before == null
                        || !now.secrets().equals(before.secrets())
                        || !now.peering().equals(before.peering()))
                .isPresent();
    }

    private int next(Phase entered) {
        timer.cancel();
        phase = entered;
        round++;
        return round;
    }
}
