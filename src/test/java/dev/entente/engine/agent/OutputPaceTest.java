package dev.entente.engine.agent;

import static dev.entente.engine.agent.AgentBench.NODE;
import static dev.entente.engine.agent.AgentBench.UPDATE_INTERVAL;
import static dev.entente.engine.agent.AgentBench.ttl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.CheckReports;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutputPaceTest {
    private static final Duration LONGEST = UPDATE_INTERVAL.plus(UPDATE_INTERVAL.dividedBy(2));

    private final AgentBench bench = new AgentBench();
    private final List<Throwable> troubles = new ArrayList<>();

    @BeforeEach
    void aCheckThatPasses() {
        bench.await(bench.own.addNode());
        bench.register(ttl("c", "c", Check.PASSING));
        bench.await(new Mending(bench.store, bench.catalog, bench.catalog, bench.settings, bench.told)
                .mend(PartitionName.DEFAULT));
        report(bench.reports, Check.PASSING, "first");
    }

    private void report(CheckReports reports, String status, String output) {
        bench.await(reports.report(PartitionName.DEFAULT, NODE, "c", new CheckReport(status, output, 0)));
    }

    private String told() {
        return bench.told.check(PartitionName.DEFAULT, "c").orElseThrow().output();
    }

    private String shown() {
        return bench.check("c").output();
    }

    /** The same agent with another way to the catalog. */
    private CheckReports over(CheckReports next) {
        return over(next, UPDATE_INTERVAL);
    }

    private CheckReports over(CheckReports next, Duration interval) {
        OutputPace.Rhythm rhythm = new OutputPace.Rhythm(interval, new Random(2), troubles::add);
        return new HeardReports(
                bench.told, NODE, new OutputPace(rhythm, bench.told, bench.catalog, next, bench.loop), next);
    }

    @Test
    void theFirstOutputAfterAQuietTimeShowsAtOnceAndTheLastOfTheNextOnesLater() {
        assertThat(shown()).isEqualTo("first");

        report(bench.reports, Check.PASSING, "second");
        report(bench.reports, Check.PASSING, "third");

        assertThat(told()).isEqualTo("third");
        assertThat(shown()).isEqualTo("first");
        bench.loop.advance(UPDATE_INTERVAL.dividedBy(2).minusSeconds(1));
        assertThat(shown()).isEqualTo("first");
        bench.loop.advance(UPDATE_INTERVAL.plusSeconds(1));
        assertThat(shown()).isEqualTo("third");

        bench.loop.advance(LONGEST);
        report(bench.reports, Check.PASSING, "fourth");
        assertThat(shown()).isEqualTo("fourth");
    }

    @Test
    void anOutputThatTellsTheTimeIsWrittenAFewTimesAnHour() {
        Set<String> seen = new LinkedHashSet<>();
        for (int second = 0; second < 3600; second += 10) {
            report(bench.reports, Check.PASSING, "at " + second);
            bench.loop.advance(Duration.ofSeconds(10));
            seen.add(shown());
        }
        assertThat(seen).hasSizeBetween(8, 25);
    }

    @Test
    void aStatusIsNeverHeldBackAndNothingOlderFollowsIt() {
        report(bench.reports, Check.PASSING, "held back");
        report(bench.reports, Check.CRITICAL, "broken");
        assertThat(bench.check("c").status()).isEqualTo(Check.CRITICAL);
        assertThat(shown()).isEqualTo("broken");

        bench.loop.advance(LONGEST);
        assertThat(bench.check("c").status()).isEqualTo(Check.CRITICAL);
        assertThat(shown()).isEqualTo("broken");
    }

    @Test
    void anOutputThatIsTheShownOneAgainIsNoNews() {
        report(bench.reports, Check.PASSING, "held back");
        report(bench.reports, Check.PASSING, "first");

        bench.loop.advance(LONGEST);
        assertThat(shown()).isEqualTo("first");
    }

    @Test
    void aStatusThatDidNotComeThroughIsNotTakenForShown() {
        Recorder away = new Recorder();
        CheckReports reports = over(away);
        report(reports, Check.PASSING, "second");
        away.fails = true;

        assertThatThrownBy(() -> report(reports, Check.CRITICAL, "down")).hasMessage("away");
        assertThatThrownBy(() -> report(reports, Check.CRITICAL, "still down")).hasMessage("away");

        assertThat(away.reports).extracting(CheckReport::output).containsExactly("second", "down", "still down");
    }

    @Test
    void whatTheStoreDidNotTakeIsTriedAgain() {
        Recorder away = new Recorder();
        CheckReports reports = over(away);
        report(reports, Check.PASSING, "second");
        report(reports, Check.PASSING, "third");
        away.fails = true;
        bench.loop.advance(LONGEST);
        assertThat(troubles).isNotEmpty();

        away.fails = false;
        bench.loop.advance(LONGEST);
        assertThat(away.reports)
                .extracting(CheckReport::output)
                .startsWith("second", "third")
                .endsWith("third");
    }

    @Test
    void ofACheckThatIsGoneNothingIsWritten() {
        Recorder next = new Recorder();
        CheckReports reports = over(next);
        report(reports, Check.PASSING, "second");
        report(reports, Check.PASSING, "third");
        bench.told.remove(PartitionName.DEFAULT, Set.of(), Set.of("c"));

        bench.loop.advance(LONGEST);
        assertThat(next.reports).extracting(CheckReport::output).containsExactly("second");
    }

    @Test
    void withoutAnIntervalNothingIsHeldBack() {
        Recorder next = new Recorder();
        CheckReports reports = over(next, Duration.ZERO);
        report(reports, Check.PASSING, "second");
        report(reports, Check.PASSING, "third");
        assertThat(next.reports).extracting(CheckReport::output).containsExactly("second", "third");
    }

    /** A way to the catalog that does not reach it. */
    private static final class Recorder implements CheckReports {
        private final List<CheckReport> reports = new ArrayList<>();
        private boolean fails;

        @Override
        public Uni<Void> report(PartitionName partition, String node, String checkId, CheckReport report) {
            reports.add(report);
            return fails
                    ? Uni.createFrom().failure(new IllegalStateException("away"))
                    : Uni.createFrom().voidItem();
        }
    }
}
