package dev.entente.engine.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.identity.RefusedException;
import dev.entente.engine.port.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BlockingReadsTest {
    private static final Topic WEB = Topic.service(null, "web");
    private static final Waiting FROM_5 = new Waiting(5, Duration.ofSeconds(10), false);

    private final HandTurnedLoop loop = new HandTurnedLoop();
    private final Watches watches = new Watches();
    private final AtomicReference<Found<String>> state = new AtomicReference<>(new Found<>(5, "one"));
    private final BlockingReads reads = new BlockingReads(() -> loop, new SplittableRandom(1), 2);
    private final List<Found<String>> answers = new ArrayList<>();

    /** Runs what it was given when the test says so; the clock is the test's hand. */
    private static final class HandTurnedLoop implements EventLoop {
        private final Queue<Runnable> tasks = new ArrayDeque<>();
        private @Nullable Runnable timer;
        private Duration delay = Duration.ZERO;

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public Timer after(Duration wait, Runnable task) {
            timer = task;
            delay = wait;
            return () -> timer = null;
        }

        @Override
        public Timer every(Duration period, Runnable task) {
            throw new UnsupportedOperationException();
        }

        void turn() {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }

        void timeOut() {
            Runnable due = timer;
            if (due != null) {
                due.run();
            }
        }
    }

    private void read(Waiting waiting) {
        reads.read(watches, waiting, Set.of(WEB), state::get).subscribe().with(answers::add);
        loop.turn();
    }

    private void change(long index, String value) {
        state.set(new Found<>(index, value));
        watches.notifyChanged(Set.of(WEB));
        loop.turn();
    }

    @Test
    void aReaderWithoutAnIndexIsAnsweredAtOnce() {
        read(Waiting.NOT);

        assertThat(answers).containsExactly(new Found<>(5, "one"));
    }

    @Test
    void aReaderBehindIsAnsweredAtOnce() {
        read(new Waiting(4, Duration.ofSeconds(10), false));

        assertThat(answers).containsExactly(new Found<>(5, "one"));
    }

    @Test
    void aReaderWhoKnowsTheAnswerWaitsForTheNextOne() {
        read(FROM_5);
        assertThat(answers).isEmpty();

        change(6, "two");

        assertThat(answers).containsExactly(new Found<>(6, "two"));
        assertThat(reads.parked()).isZero();
    }

    @Test
    void aChangeThatLeavesTheAnswerAsItWasWakesNobody() {
        read(FROM_5);

        change(6, "one");
        assertThat(answers).isEmpty();

        change(7, "two");
        assertThat(answers).containsExactly(new Found<>(7, "two"));
    }

    @Test
    void aReaderAheadOfTheLogWaitsUntilItsTimeIsOver() {
        read(new Waiting(99, Duration.ofSeconds(10), false));
        change(6, "two");
        assertThat(answers).isEmpty();

        loop.timeOut();

        assertThat(answers).containsExactly(new Found<>(6, "two"));
    }

    @Test
    void theWaitIsProlongedByUpToASixteenth() {
        read(FROM_5);

        assertThat(loop.delay).isBetween(Duration.ofSeconds(10), Duration.ofMillis(10_625));
    }

    @Test
    void manyChangesInARowCostOneLook() {
        read(FROM_5);
        for (int i = 0; i < 100; i++) {
            watches.notifyChanged(Set.of(WEB));
        }

        assertThat(loop.tasks).hasSize(1);
    }

    @Test
    void aReaderWhoGoesAwayFreesItsPlace() {
        reads.read(watches, FROM_5, Set.of(WEB), state::get)
                .subscribe()
                .with(answers::add)
                .cancel();
        loop.turn();

        assertThat(reads.parked()).isZero();
        change(6, "two");
        assertThat(answers).isEmpty();
    }

    @Test
    void oneMoreThanTheLimitIsRefused() {
        read(FROM_5);
        read(FROM_5);
        AtomicReference<@Nullable Throwable> refused = new AtomicReference<>();

        reads.read(watches, FROM_5, Set.of(WEB), state::get).subscribe().with(answers::add, refused::set);

        assertThat(refused.get())
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Too many blocking queries");
    }
}
