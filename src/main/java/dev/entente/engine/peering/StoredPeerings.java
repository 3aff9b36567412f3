package dev.entente.engine.peering;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.peering.DeletePeering;
import dev.entente.engine.access.Caller;
import dev.entente.engine.port.Clock;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** The use cases of peerings over the stores of the cluster; any replica serves any of them. */
public final class StoredPeerings implements Peerings {
    private final PeeringGate gate;
    private final TokenIssuer issuer;
    private final Establishment establishment;
    private final PeeringReads reads;
    private final PeeringWrites writes;
    private final Clock clock;

    public StoredPeerings(
            PeeringGate gate,
            TokenIssuer issuer,
            Establishment establishment,
            PeeringReads reads,
            PeeringWrites writes,
            Clock clock) {
        this.gate = gate;
        this.issuer = issuer;
        this.establishment = establishment;
        this.reads = reads;
        this.writes = writes;
        this.clock = clock;
    }

    @Override
    public Uni<String> generateToken(Caller caller, GenerateToken command) {
        return issuer.issue(caller, command);
    }

    @Override
    public Uni<Void> establish(Caller caller, Establish command) {
        return establishment.establish(caller, command);
    }

    @Override
    public Uni<Optional<Shown>> read(Caller caller, PartitionName partition, String name) {
        return enabled(partition)
                .call(() -> gate.mayRead(caller, partition))
                .chain(() -> reads.one(partition, new PeerName(name)));
    }

    @Override
    public Uni<List<Shown>> list(Caller caller, PartitionName partition) {
        return enabled(partition).call(() -> gate.mayRead(caller, partition)).chain(() -> reads.all(partition));
    }

    @Override
    public Uni<Void> delete(Caller caller, PartitionName partition, String name) {
        return enabled(partition)
                .call(() -> gate.mayWrite(caller, partition))
                .chain(() -> writes.perform(partition, new PeerName(name), new DeletePeering(clock.now())))
                .replaceWithVoid();
    }

    private Uni<PartitionName> enabled(PartitionName partition) {
        return Uni.createFrom().item(() -> gate.enabled(partition).orThrow());
    }
}
