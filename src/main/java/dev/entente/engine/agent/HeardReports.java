package dev.entente.engine.agent;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.CheckReports;
import io.smallrye.mutiny.Uni;

/** Has the agent remember what the checks of its own node report, and passes every report on: those of its own at their pace. */
public final class HeardReports implements CheckReports {
    private final Told told;
    private final String ownNode;
    private final OutputPace pace;
    private final CheckReports next;

    public HeardReports(Told told, String ownNode, OutputPace pace, CheckReports next) {
        this.told = told;
        this.ownNode = ownNode;
        this.pace = pace;
        this.next = next;
    }

    @Override
    public Uni<Void> report(PartitionName partition, String node, String checkId, CheckReport report) {
        if (!node.equals(ownNode)) {
            return next.report(partition, node, checkId, report);
        }
        boolean keepsStatus = told.heard(partition, checkId, report)
                .filter(before -> before.status().equals(report.status()))
                .isPresent();
        return pace.report(partition, node, checkId, report, keepsStatus);
    }
}
