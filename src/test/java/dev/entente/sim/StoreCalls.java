package dev.entente.sim;

import dev.entente.engine.port.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * The calls of one process to one store: they take time, and fail before or after they took effect. On an ordered connection calls
 * take effect in the order in which they were made.
 */
final class StoreCalls {
    private static final long QUICK = Duration.ofNanos(200_000).toNanos();
    private static final long USUAL = Duration.ofMillis(2).toNanos();
    private static final long SLOW = Duration.ofMillis(1500).toNanos();

    private final SimWorld world;
    private final SimProcess process;
    private final List<Weather> weather;
    private final boolean ordered;
    private final Duration timeout;
    private LongSupplier life = () -> 0;
    private long lastGoing;

    StoreCalls(SimWorld world, SimProcess process, List<Weather> weather, boolean ordered, Duration timeout) {
        this.world = world;
        this.process = process;
        this.weather = weather;
        this.ordered = ordered;
        this.timeout = timeout;
    }

    /** Tells one life of the store from the next: with it end its connections, and what is under way on them. */
    StoreCalls endingWith(LongSupplier storeLife) {
        life = storeLife;
        return this;
    }

    /** The operation is executed on the store's side, once for each subscription. */
    <T> Uni<T> call(String what, Uni<T> operation) {
        return Uni.createFrom().emitter(emitter -> begin(what, operation, emitter));
    }

    private <T> void begin(String what, Uni<T> operation, UniEmitter<? super T> emitter) {
        if (!process.isAlive()) {
            return;
        }
        long due = world.nanoTime() + latency();
        lastGoing = ordered ? Math.max(lastGoing, due) : due;
        world.at(lastGoing, what, () -> execute(what, operation, emitter));
    }

    private <T> void execute(String what, Uni<T> operation, UniEmitter<? super T> emitter) {
        if (weather.stream().anyMatch(Weather::isAway)) {
            answerLate(what, emitter);
        } else if (weather.stream().anyMatch(Weather::isLossy) && world.chance(0.3)) {
            answerLate(what, emitter);
            long delay = world.chance(0.5) ? 0 : world.between(0, timeout.toNanos() * 2);
            long sentTo = life.getAsLong();
            world.after(delay, what, () -> {
                if (life.getAsLong() == sentTo) {
                    operation.subscribe().with(lost -> {}, lost -> {});
                }
            });
        } else {
            operation
                    .subscribe()
                    .with(
                            item -> answer(what, () -> emitter.complete(item)),
                            failure -> answer(what, () -> emitter.fail(failure)));
        }
    }

    private void answer(String what, Runnable answering) {
        world.after(latency(), what, () -> process.run(what, answering));
    }

    private void answerLate(String what, UniEmitter<?> emitter) {
        world.after(
                timeout.toNanos(),
                what,
                () -> process.run(
                        what, () -> emitter.fail(new StoreUnavailableException("no answer", new TimeoutException()))));
    }

    private long latency() {
        return weather.stream().anyMatch(Weather::isSlow) ? world.between(QUICK, SLOW) : world.between(QUICK, USUAL);
    }
}
