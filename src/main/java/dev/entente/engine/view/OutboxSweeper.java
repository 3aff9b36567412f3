package dev.entente.engine.view;

import dev.entente.engine.port.ChangeLog;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.Outbox;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Publishes what a writer committed and did not live to publish (architecture §2). Every replica sweeps; appending the same changes
 * twice is harmless because the log drops what is not newer.
 */
public final class OutboxSweeper {
    private static final Duration OVERDUE = Duration.ofSeconds(1);
    private static final int BATCH = 200;

    private final Outbox outbox;
    private final ChangeLog log;
    private final Period period;
    private final Consumer<Throwable> troubles;
    private final Repetition loop = new Repetition();

    /** How often to sweep, and on which loop the pauses are timed. */
    public record Period(Duration pause, EventLoop timers) {}

    public OutboxSweeper(Outbox outbox, ChangeLog log, Period period, Consumer<Throwable> troubles) {
        this.outbox = outbox;
        this.log = log;
        this.period = period;
        this.troubles = troubles;
    }

    public void start() {
        loop.start(this::round, troubles);
    }

    public void stop() {
        loop.stop();
    }

    private Uni<Boolean> round() {
        return sweep().replaceWith(true)
                .onFailure()
                .invoke(troubles)
                .onFailure()
                .recoverWithItem(true)
                .call(() -> period.timers().elapsed(period.pause()));
    }

    /** One pass over what is overdue; in the order of commits. */
    Uni<Void> sweep() {
        return outbox.overdue(OVERDUE, BATCH).chain(this::publishAll);
    }

    private Uni<Void> publishAll(List<Outbox.Pending> pending) {
        return Multi.createFrom()
                .iterable(pending)
                .onItem()
                .transformToUniAndConcatenate(this::publish)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> publish(Outbox.Pending pending) {
        return log.append(pending.partition(), pending.changes(), Optional.empty())
                .chain(() -> outbox.published(pending.id()));
    }
}
