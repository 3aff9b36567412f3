package dev.entente.engine.connect;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.query.WaitTime;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.access.Caller;
import dev.entente.engine.access.Permission;
import dev.entente.engine.port.Clock;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.EventLoops;
import dev.entente.engine.port.IssuedLeaf;
import dev.entente.engine.port.LeafIssuer;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.View;
import dev.entente.engine.view.Waiting;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The leaf certificates that this agent holds for its services (protocol chapter 6.8): one for each name, made when it is first asked
 * for, and replaced before it ends or when another root signs. A reader that waits gets the next one; one that does not never gets a
 * certificate of a root that has been replaced. Certificates are kept in memory only: an agent that starts anew makes new ones.
 */
public final class Leaves implements AutoCloseable {
    /** How many names are kept; those longest not asked for go first. */
    private static final int KEPT = 10_000;

    private static final int MOST_WAITING = 20_000;

    private final LeafIssuer issuer;
    private final Authorizer authorizer;
    private final View view;
    private final Surroundings surroundings;
    private final Map<Name, LeafSlot> slots = new LinkedHashMap<>(16, 0.75f, true);
    private final AtomicInteger waiting = new AtomicInteger();
    private final View.Watch rootsWatch;

    /** Where time and chance come from. */
    public record Surroundings(EventLoops loops, Clock clock, RandomGenerator chance) {
        Instant now() {
            return clock.now();
        }

        double random() {
            return chance.nextDouble();
        }
    }

    private record Name(PartitionName partition, String service) {}

    /**
     * A certificate as a reader gets it.
     *
     * @param age how long it has been kept; null when it was made, or waited for, for this reader
     */
    public record Served(IssuedLeaf leaf, @Nullable Duration age) {}

    public Leaves(LeafIssuer issuer, Authorizer authorizer, View view, Surroundings surroundings) {
        this.issuer = issuer;
        this.authorizer = authorizer;
        this.view = view;
        this.surroundings = surroundings;
        rootsWatch = view.watch(PartitionName.DEFAULT, Set.of(Topic.of(Topic.Subject.CA_ROOTS, null)), this::wakeAll);
    }

    /** The certificate of a service; with an index, the one after it, or the present one when the wait is over. */
    public Uni<Served> read(Caller caller, PartitionName partition, String service, Waiting wish) {
        return authorizer
                .require(caller, partition, Permission.write(Permission.Area.SERVICE, service))
                .chain(() -> wish.index() <= 0 ? now(slot(partition, service)) : after(slot(partition, service), wish));
    }

    @Override
    public void close() {
        rootsWatch.close();
    }

    private Uni<Served> now(LeafSlot slot) {
        Instant now = surroundings.now();
        return slot.usable(activeRoot(), now)
                .map(held -> Uni.createFrom().item(held.served(now)))
                .orElseGet(() -> renewed(slot));
    }

    private Uni<Served> after(LeafSlot slot, Waiting wish) {
        Duration limit = WaitTime.withJitter(wish.atMost(), surroundings.random());
        return newer(slot, wish.index(), surroundings.now().plus(limit));
    }

    /** Looks, waits for something to happen, and looks again, until there is a newer one or the time is over. */
    private Uni<Served> newer(LeafSlot slot, long index, Instant deadline) {
        long stamp = slot.stamp();
        Instant now = surroundings.now();
        Optional<LeafSlot.Kept> held = slot.kept();
        if (held.isEmpty()) {
            return renewed(slot);
        }
        if (held.get().leaf().index() > index) {
            return Uni.createFrom().item(held.get().served(now));
        }
        Instant due = slot.due(activeRoot(), now, surroundings.random());
        if (!due.isAfter(now)) {
            return renewedOrLater(slot, index, deadline);
        }
        if (!deadline.isAfter(now)) {
            return Uni.createFrom().item(new Served(held.get().leaf(), null));
        }
        Duration rest = Duration.between(now, due.isBefore(deadline) ? due : deadline);
        return somethingHappens(slot, stamp, rest).chain(() -> newer(slot, index, deadline));
    }

    /** Where no certificate can be made just now, one who waits goes on waiting while the present one is valid. */
    private Uni<Served> renewedOrLater(LeafSlot slot, long index, Instant deadline) {
        return renewed(slot)
                .onFailure(failure -> slot.postpone(surroundings.now(), surroundings.random()))
                .recoverWithUni(() -> newer(slot, index, deadline));
    }

    private Uni<Served> renewed(LeafSlot slot) {
        return slot.renew(surroundings::now, surroundings.random()).map(kept -> new Served(kept.leaf(), null));
    }

    private Uni<Void> somethingHappens(LeafSlot slot, long stamp, Duration atMost) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return Uni.createFrom()
                    .failure(new RefusedException(new Refusal(
                            Refusal.Kind.UNAVAILABLE,
                            "Too many blocking queries are waiting on this server; try again later")));
        }
        EventLoop loop = surroundings.loops().next();
        return Uni.combine()
                .any()
                .of(loop.elapsed(atMost), slot.awakened(stamp, loop))
                .onTermination()
                .invoke(waiting::decrementAndGet);
    }

    private String activeRoot() {
        return view.defaultPartition()
                .caRoots()
                .value()
                .map(roots -> roots.value().activeRootId())
                .orElse("");
    }

    private LeafSlot slot(PartitionName partition, String service) {
        if (service.isEmpty()) {
            throw new RefusedException(Refusal.invalid("URI must be either service, agent, server, or kind"));
        }
        synchronized (slots) {
            LeafSlot slot = slots.computeIfAbsent(
                    new Name(partition, service), name -> new LeafSlot(() -> issuer.issue(partition, service)));
            forgetSome();
            return slot;
        }
    }

    private void forgetSome() {
        Iterator<LeafSlot> eldest = slots.values().iterator();
        while (slots.size() > KEPT && eldest.hasNext()) {
            eldest.next();
            eldest.remove();
        }
    }

    private void wakeAll() {
        synchronized (slots) {
            slots.values().forEach(LeafSlot::wake);
        }
    }
}
