package dev.entente.engine.agent;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.CheckReports;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.NodeClaim;
import dev.entente.engine.view.PassLoop;
import dev.entente.engine.view.View;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Brings the catalog back to what this agent was told when somebody has written over its rows, a minute or two later, as a Consul agent
 * does: what was changed or removed comes back, and what nobody told the agent goes.
 *
 * <p>The first pass learns what that is: the rows that the process finds at its start.
 */
public final class AntiEntropyLoop {
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final Duration UNTIL_LEARNED = Duration.ofSeconds(3);

    private final Mending mending;
    private final CheckReports reports;
    private final NodeClaim claim;
    private final View view;
    private final RandomGenerator chance;
    private final PassLoop passes;
    private volatile boolean learned;

    /** What this replica's agent is made of. */
    public record Agent(Mending mending, CheckReports reports, NodeClaim claim) {}

    /**
     * @param troubles hears why a pass failed; it is repeated anyway
     */
    public AntiEntropyLoop(
            Agent agent, View view, EventLoop loop, RandomGenerator chance, Consumer<Throwable> troubles) {
        this.mending = agent.mending();
        this.reports = agent.reports();
        this.claim = agent.claim();
        this.view = view;
        this.chance = chance;
        this.passes = new PassLoop(new PassLoop.Rhythm(Set.of(), this::pause), this::pass, view, loop, troubles);
    }

    /** Begins; the name of this node has to be ours. */
    public void start() {
        passes.start();
    }

    /** Writes nothing more. */
    public void stop() {
        passes.stop();
    }

    /** Agents that began together do not go on together. */
    private Duration pause() {
        return learned ? PERIOD.plusMillis(chance.nextLong(PERIOD.toMillis())) : UNTIL_LEARNED;
    }

    private Uni<Void> pass() {
        return claim.isHeld().invoke(held -> learned = held).chain(held -> held ? everywhere() : forget());
    }

    private Uni<Void> forget() {
        return Uni.createFrom().voidItem().invoke(mending::forget);
    }

    private Uni<Void> everywhere() {
        return Multi.createFrom()
                .iterable(view.partitions())
                .onItem()
                .transformToUniAndConcatenate(this::mend)
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .invoke(failure -> learned = false);
    }

    private Uni<Void> mend(PartitionName partition) {
        return mending.mend(partition).chain(written -> reportAgain(partition, written));
    }

    /** A check may have reported while its row was written. */
    private Uni<Void> reportAgain(PartitionName partition, List<Check> written) {
        return Multi.createFrom()
                .iterable(written)
                .onItem()
                .transformToUniAndConcatenate(check -> mending.lastOf(partition, check)
                        .map(last -> reports.report(
                                partition, last.node(), last.id(), new CheckReport(last.status(), last.output(), 0)))
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .onItem()
                .ignoreAsUni();
    }
}
