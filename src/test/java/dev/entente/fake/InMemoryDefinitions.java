package dev.entente.fake;

import dev.entente.engine.port.DefinitionMemory;
import io.smallrye.mutiny.Uni;

/** The ids of defined services and checks, for as long as the test runs. */
public final class InMemoryDefinitions implements DefinitionMemory {
    private Ids ids = Ids.NONE;

    @Override
    public Uni<Ids> recall() {
        return Uni.createFrom().item(() -> ids);
    }

    @Override
    public Uni<Void> keep(Ids kept) {
        return Uni.createFrom().voidItem().invoke(() -> ids = kept);
    }
}
