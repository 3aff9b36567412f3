package dev.entente.engine.view;

import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.query.WaitTime;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.EventLoops;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Parks reads until their answer changes or their time is over (protocol chapter 6.1.5). A parked read costs a watch and a timer; it is
 * computed anew only when one of its topics changed, and it is not woken by a change that leaves its answer as it was.
 */
final class BlockingReads {
    private final EventLoops loops;
    private final RandomGenerator random;
    private final int limit;
    private final AtomicInteger parked = new AtomicInteger();

    /** {@code limit}: how many reads may wait at a time; one more is refused. */
    BlockingReads(EventLoops loops, RandomGenerator random, int limit) {
        this.loops = loops;
        this.random = random;
        this.limit = limit;
    }

    int parked() {
        return parked.get();
    }

    <T> Uni<Found<T>> read(Watches watches, Waiting waiting, Set<Topic> topics, Supplier<Found<T>> read) {
        Found<T> now = read.get();
        if (waiting.index() <= 0 || !now.isKnownAt(waiting.index())) {
            return Uni.createFrom().item(now.toldTo(waiting.index()));
        }
        if (parked.incrementAndGet() > limit) {
            parked.decrementAndGet();
            return Uni.createFrom()
                    .failure(new RefusedException(new Refusal(
                            Refusal.Kind.UNAVAILABLE,
                            "Too many blocking queries are waiting on this server; try again later")));
        }
        Parked<T> query = new Parked<>(waiting, read, now);
        return Uni.createFrom().emitter(emitter -> query.park(watches, topics, emitter));
    }

    /** One waiting read; everything but the change callback happens on one event loop. */
    private final class Parked<T> {
        private final Waiting waiting;
        private final Supplier<Found<T>> read;
        private final Found<T> known;
        private final EventLoop loop = loops.next();
        private final AtomicBoolean scheduled = new AtomicBoolean();
        private final AtomicBoolean done = new AtomicBoolean();

        Parked(Waiting waiting, Supplier<Found<T>> read, Found<T> known) {
            this.waiting = waiting;
            this.read = read;
            this.known = known;
        }

        void park(Watches watches, Set<Topic> topics, UniEmitter<? super Found<T>> emitter) {
            View.Watch watch = watches.add(topics, () -> wake(emitter));
            EventLoop.Timer timer = loop.after(
                    WaitTime.withJitter(waiting.atMost(), random.nextDouble()),
                    () -> finish(emitter, read.get().toldTo(waiting.index())));
            emitter.onTermination(() -> {
                watch.close();
                timer.cancel();
                if (!done.getAndSet(true)) {
                    parked.decrementAndGet();
                }
            });
            // A change between the first read and the watch would else be missed.
            wake(emitter);
        }

        /** Many changes in a row cost one look. */
        private void wake(UniEmitter<? super Found<T>> emitter) {
            if (!done.get() && scheduled.compareAndSet(false, true)) {
                loop.execute(() -> look(emitter));
            }
        }

        private void look(UniEmitter<? super Found<T>> emitter) {
            scheduled.set(false);
            if (done.get()) {
                return;
            }
            Found<T> now = read.get();
            if (now.index() > waiting.index() && !now.value().equals(known.value())) {
                finish(emitter, now);
            }
        }

        private void finish(UniEmitter<? super Found<T>> emitter, Found<T> answer) {
            if (!done.getAndSet(true)) {
                parked.decrementAndGet();
                emitter.complete(answer);
            }
        }
    }
}
