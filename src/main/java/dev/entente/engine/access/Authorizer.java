package dev.entente.engine.access;

import dev.entente.domain.identity.PartitionName;
import io.smallrye.mutiny.Uni;

/** The one place that decides who may. Every use case asks before it does anything; so does every read. */
public interface Authorizer {

    /** Completes when the caller may; else fails with a RefusedException of kind PERMISSION_DENIED, also on any doubt. */
    Uni<Void> require(Caller caller, PartitionName partition, Permission permission);
}
