package dev.entente.engine.replication;

import dev.entente.engine.peering.PeeringNotices;
import dev.entente.engine.port.ChangeLog;
import dev.entente.engine.port.Clock;
import dev.entente.engine.port.Ids;
import dev.entente.engine.port.ImportedAddresses;
import dev.entente.engine.port.Leases;
import dev.entente.engine.port.NodeClaim;
import dev.entente.engine.port.PeeringStore;
import dev.entente.engine.port.StreamStatuses;
import dev.entente.engine.view.View;

/** What replication needs of the outside. */
public record ReplicationPorts(
        View view,
        ChangeLog log,
        Leases leases,
        NodeClaim claim,
        StreamStatuses statuses,
        PeeringStore peerings,
        PeeringNotices notices,
        ImportedAddresses addresses,
        Clock clock,
        Ids ids) {}
