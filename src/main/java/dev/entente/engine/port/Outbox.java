package dev.entente.engine.port;

import dev.entente.domain.identity.PartitionName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/** Committed changes that may not be visible yet (architecture §2). */
public interface Outbox {

    /** A committed set of changes. */
    record Pending(long id, PartitionName partition, List<Change> changes) {}

    /** Notes that the changes stand in the log; may be done later and together with others. */
    Uni<Void> published(long id);

    /** The oldest rows that were committed longer ago than the given age, in the order of their ids. */
    Uni<List<Pending>> overdue(Duration age, int limit);
}
