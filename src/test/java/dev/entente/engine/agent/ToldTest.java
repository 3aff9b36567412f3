package dev.entente.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.CheckReport;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ToldTest {
    private static final PartitionName HERE = PartitionName.DEFAULT;
    private static final CheckReport PASSING = new CheckReport(Check.PASSING, "well", 0);

    private final AgentBench bench = new AgentBench();
    private final Told told = new Told();

    private Check critical(String id) {
        bench.register(AgentBench.ttl(id, id, Check.CRITICAL));
        return bench.check(id);
    }

    @Test
    void aReportThatWasOnItsWayWhenTheRowsWereReadCounts() {
        Check row = critical("c");
        assertThat(told.heard(HERE, "c", PASSING)).isEmpty();
        assertThat(told.heard(HERE, "of-nobody", PASSING)).isEmpty();

        told.load(HERE, List.of(), List.of(row));

        assertThat(told.checks(HERE).orElseThrow()).containsExactly(row.withReport(Check.PASSING, "well"));
        assertThat(told.heard(HERE, "c", new CheckReport(Check.CRITICAL, "ill", 0)))
                .contains(row.withReport(Check.PASSING, "well"));
    }

    @Test
    void aReportOfACheckThatWentDoesNotCountForTheNextOfItsId() {
        Check row = critical("c");
        told.heard(HERE, "c", PASSING);
        told.remove(HERE, Set.of(), Set.of("c"));

        told.load(HERE, List.of(), List.of(row));

        assertThat(told.checks(HERE).orElseThrow()).containsExactly(row);
    }

    @Test
    void whatWasForgottenIsLearnedAsItStandsThen() {
        Check row = critical("c");
        told.heard(HERE, "c", PASSING);
        told.forget();

        told.load(HERE, List.of(), List.of(row));

        assertThat(told.checks(HERE).orElseThrow()).containsExactly(row);
    }
}
