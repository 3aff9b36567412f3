package dev.entente.engine.access;

import dev.entente.domain.identity.PartitionName;
import io.smallrye.mutiny.Uni;

/** The authorizer of a cluster whose ACLs are off, which is Consul's default. */
public final class AllowAll implements Authorizer {
    @Override
    public Uni<Void> require(Caller caller, PartitionName partition, Permission permission) {
        return Uni.createFrom().voidItem();
    }
}
