package dev.entente.engine.peering;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.access.Caller;
import dev.entente.engine.access.Permission;
import dev.entente.engine.view.View;
import io.smallrye.mutiny.Uni;

/** What every use case of peerings asks first: whether there is peering, the partition, and the permission. */
public final class PeeringGate {
    private static final Refusal DISABLED =
            new Refusal(Refusal.Kind.FAILED_PRECONDITION, "peering must be enabled to use this endpoint");

    private final PeeringSettings settings;
    private final Authorizer authorizer;
    private final View view;

    public PeeringGate(PeeringSettings settings, Authorizer authorizer, View view) {
        this.settings = settings;
        this.authorizer = authorizer;
        this.view = view;
    }

    /** Accepts the subject when peering is on (protocol chapter 2.9). */
    <T> Outcome<T> enabled(T subject) {
        return settings.peeringEnabled() ? Outcome.accepted(subject) : Outcome.refused(DISABLED);
    }

    /** The partition of this name, empty for the default one; it must exist. */
    Outcome<PartitionName> partition(String name) {
        return PartitionName.parse(name)
                .flatMap(partition -> view.partition(partition).isPresent()
                        ? Outcome.accepted(partition)
                        : Outcome.refused(new Refusal(
                                Refusal.Kind.INVALID_ARGUMENT, "Partition \"" + partition + "\" does not exist")));
    }

    Uni<Void> mayRead(Caller caller, PartitionName partition) {
        return authorizer.require(caller, partition, Permission.read(Permission.Area.PEERING, ""));
    }

    Uni<Void> mayWrite(Caller caller, PartitionName partition) {
        return authorizer.require(caller, partition, Permission.write(Permission.Area.PEERING, ""));
    }
}
