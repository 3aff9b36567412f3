package dev.entente.engine.agent;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.DefinitionMemory;
import dev.entente.engine.port.DefinitionMemory.Ids;
import io.smallrye.mutiny.Uni;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Which services and checks of this agent's node stand there because its configuration defines them: they go when they leave the
 * files. What a client registers under the same id is the client's from then on, and stays. Safe for any thread.
 */
public final class DefinedHere {
    private final DefinitionMemory memory;
    private final AtomicReference<Ids> known = new AtomicReference<>();

    public DefinedHere(DefinitionMemory memory) {
        this.memory = memory;
    }

    Uni<Ids> ids() {
        Ids held = known.get();
        return held != null
                ? Uni.createFrom().item(held)
                : memory.recall().map(recalled -> known.compareAndSet(null, recalled) ? recalled : known.get());
    }

    Uni<Void> keep(Ids ids) {
        known.set(ids);
        return memory.keep(ids);
    }

    /** Files define nothing outside the default partition. */
    Uni<Void> takenOver(PartitionName partition, Ids byClient) {
        return partition.isDefault()
                ? ids().chain(held -> keepUnlessSame(held, without(held, byClient)))
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> keepUnlessSame(Ids held, Ids left) {
        return left.equals(held) ? Uni.createFrom().voidItem() : keep(left);
    }

    static Ids without(Ids ids, Ids others) {
        return new Ids(without(ids.services(), others.services()), without(ids.checks(), others.checks()));
    }

    static Ids with(Ids ids, Ids others) {
        Set<String> services = new HashSet<>(ids.services());
        services.addAll(others.services());
        Set<String> checks = new HashSet<>(ids.checks());
        checks.addAll(others.checks());
        return new Ids(services, checks);
    }

    private static Set<String> without(Set<String> ids, Set<String> others) {
        Set<String> left = new HashSet<>(ids);
        left.removeAll(others);
        return left;
    }
}
