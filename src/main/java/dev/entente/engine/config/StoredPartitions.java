package dev.entente.engine.config;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.access.Caller;
import dev.entente.engine.access.Permission;
import dev.entente.engine.port.ClusterStore;
import dev.entente.engine.port.PartitionRecord;
import dev.entente.engine.view.Publisher;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** The admin partitions as the cluster's store holds them; their changes stand in the log of the default partition. */
public final class StoredPartitions implements Partitions {
    private final ClusterStore store;
    private final Publisher publisher;
    private final Authorizer authorizer;

    public StoredPartitions(ClusterStore store, Publisher publisher, Authorizer authorizer) {
        this.store = store;
        this.publisher = publisher;
        this.authorizer = authorizer;
    }

    @Override
    public Uni<PartitionRecord> create(Caller caller, String name, String description) {
        return Uni.createFrom()
                .item(() -> named(name).orThrow())
                .call(() -> require(caller, Permission.write(Permission.Area.OPERATOR, "")))
                .chain(partition -> store.createPartition(new PartitionRecord(partition, description)))
                .chain(committed -> publisher.publish(PartitionName.DEFAULT, committed));
    }

    @Override
    public Uni<Optional<PartitionRecord>> read(Caller caller, String name) {
        return list(caller)
                .map(all -> all.stream()
                        .filter(partition -> partition.name().value().equalsIgnoreCase(name))
                        .findFirst());
    }

    @Override
    public Uni<List<PartitionRecord>> list(Caller caller) {
        return require(caller, Permission.read(Permission.Area.OPERATOR, "")).chain(store::partitions);
    }

    @Override
    public Uni<Void> delete(Caller caller, String name) {
        return Uni.createFrom()
                .item(() -> named(name).orThrow())
                .call(() -> require(caller, Permission.write(Permission.Area.OPERATOR, "")))
                .chain(store::deletePartition)
                .chain(committed -> publisher.publish(PartitionName.DEFAULT, committed))
                .replaceWithVoid();
    }

    private static Outcome<PartitionName> named(String name) {
        return name.isEmpty()
                ? Outcome.refused(Refusal.badRequest("Must specify partition name"))
                : PartitionName.parse(name);
    }

    private Uni<Void> require(Caller caller, Permission permission) {
        return authorizer.require(caller, PartitionName.DEFAULT, permission);
    }
}
