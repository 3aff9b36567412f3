package dev.entente.engine.connect;

import dev.entente.domain.trust.LeafRenewal;
import dev.entente.engine.connect.Leaves.Served;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.IssuedLeaf;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The place of one name's certificate: what is kept, when it is due, and who waits for the next. Safe from any thread. */
final class LeafSlot {
    private final Supplier<Uni<IssuedLeaf>> issue;
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicLong stamp = new AtomicLong();
    private @Nullable Kept kept;
    private @Nullable Uni<Kept> renewal;
    /** When the certificate is due because of another root, or of a renewal that failed; null while neither is so. */
    private @Nullable Instant early;

    /** A certificate, since when it is here, and when it is due by its age. */
    record Kept(IssuedLeaf leaf, Instant since, Instant due) {
        Served served(Instant now) {
            return new Served(leaf, Duration.between(since, now));
        }
    }

    LeafSlot(Supplier<Uni<IssuedLeaf>> issue) {
        this.issue = issue;
    }

    synchronized Optional<Kept> kept() {
        return Optional.ofNullable(kept);
    }

    /** What is kept, if it is of this root and not due. */
    synchronized Optional<Kept> usable(String root, Instant now) {
        return kept().filter(
                        held -> held.leaf().rootId().equals(root) && held.due().isAfter(now));
    }

    /** When what is kept is due. Another root makes it due soon; the moment is drawn once. */
    synchronized Instant due(String root, Instant now, double chance) {
        if (kept == null) {
            return now;
        }
        if (early == null && !kept.leaf().rootId().equals(root)) {
            early = LeafRenewal.afterRotation(now, chance);
        }
        return early != null && early.isBefore(kept.due()) ? early : kept.due();
    }

    /** After a renewal that failed what is kept stays a while longer, as long as it is valid. */
    synchronized boolean postpone(Instant now, double chance) {
        if (kept == null || !kept.leaf().validBefore().isAfter(now)) {
            return false;
        }
        early = LeafRenewal.afterRotation(now.plusSeconds(1), chance);
        kept = new Kept(kept.leaf(), kept.since(), early.isAfter(kept.due()) ? early : kept.due());
        return true;
    }

    /** Makes a new certificate; all who ask while it is made get the same one. */
    synchronized Uni<Kept> renew(Supplier<Instant> clock, double chance) {
        if (renewal == null) {
            renewal = issue.get()
                    .map(leaf -> keep(leaf, clock.get(), chance))
                    .onTermination()
                    .invoke(this::renewalEnded)
                    .memoize()
                    .indefinitely();
        }
        return renewal;
    }

    private Kept keep(IssuedLeaf leaf, Instant now, double chance) {
        Kept fresh = new Kept(leaf, now, LeafRenewal.ofLife(leaf.validAfter(), leaf.validBefore(), chance));
        synchronized (this) {
            kept = fresh;
            early = null;
        }
        wake();
        return fresh;
    }

    private synchronized void renewalEnded() {
        renewal = null;
    }

    /** Tells one moment from another: it changes with each {@link #wake}. */
    long stamp() {
        return stamp.get();
    }

    /** Something may have changed for those who wait. */
    void wake() {
        stamp.incrementAndGet();
        listeners.forEach(Runnable::run);
    }

    /** Completes on the loop at the first wake after the stamp was taken. */
    Uni<Void> awakened(long seen, EventLoop loop) {
        return Uni.createFrom().emitter(emitter -> {
            Runnable listener = () -> loop.execute(() -> emitter.complete(null));
            listeners.add(listener);
            emitter.onTermination(() -> listeners.remove(listener));
            // A wake between the look and this would else be missed.
            if (stamp.get() != seen) {
                listener.run();
            }
        });
    }
}
