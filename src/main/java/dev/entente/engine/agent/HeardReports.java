package dev.entente.engine.agent;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.CheckReports;
import io.smallrye.mutiny.Uni;

/** Has the agent remember what the checks of its own node report, and passes every report on. */
public final class HeardReports implements CheckReports {
    private final Told told;
    private final String ownNode;
    private final CheckReports next;

    public HeardReports(Told told, String ownNode, CheckReports next) {
        this.told = told;
        this.ownNode = ownNode;
        this.next = next;
    }

    @Override
    public Uni<Void> report(PartitionName partition, String node, String checkId, CheckReport report) {
        if (node.equals(ownNode)) {
            told.heard(partition, checkId, report);
        }
        return next.report(partition, node, checkId, report);
    }
}
