package dev.entente.engine.config;

import dev.entente.engine.access.Caller;
import dev.entente.engine.port.PartitionRecord;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** The admin partitions of the cluster. */
public interface Partitions {

    Uni<PartitionRecord> create(Caller caller, String name, String description);

    Uni<Optional<PartitionRecord>> read(Caller caller, String name);

    Uni<List<PartitionRecord>> list(Caller caller);

    /** Deletes an empty partition; unknown names are no error. */
    Uni<Void> delete(Caller caller, String name);
}
