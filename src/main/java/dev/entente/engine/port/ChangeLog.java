package dev.entente.engine.port;

import dev.entente.domain.identity.PartitionName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The one change log of each partition, and the hot state that is written in the same atomic step (architecture §2).
 *
 * <p>Appending is repeatable: an entry that is not newer than what is held is dropped. Every call fails with
 * {@link StoreUnavailableException} when the store does not answer within its bounded wait.
 */
public interface ChangeLog {

    /**
     * Makes changes visible, all in one atomic step.
     *
     * @param fence when present, nothing is written unless the lease is still held; then the call fails with
     *     {@link LeaseLostException}; nor after a call with the same lease that was made later: then it fails with
     *     {@link LateCallException}
     * @return the position of the newest entry of the log afterwards; fails with {@link LogMissingException} when there is no log,
     *     and with {@link ImportsDroppedException} when there are imports among the changes whose peering may not import
     */
    Uni<Long> append(PartitionName partition, List<Change> changes, Optional<Lease> fence);

    /** The position of the newest entry. */
    Uni<Long> position(PartitionName partition);

    /** Whether nothing is known of the partition: its log was never begun, or the store came back empty. */
    Uni<Boolean> isEmpty(PartitionName partition);

    /**
     * Begins the log of a partition at position epoch × 2^32, unless it has begun meanwhile, in whatever epoch: what was written to it
     * since stays. Until it is whole nobody takes it for begun, and a beginning that was interrupted is begun anew. Fails with
     * {@link LogMissingException} while another replica is at it, and when the store was lost since the records were read: ask again.
     *
     * @param reading gives what the log begins with. It is asked for only once this life of the store is known: a replica that stood
     *     still since an earlier loss must not begin with what held then, for what was published in between is told by nobody again
     * @return the position of the newest entry afterwards
     */
    Uni<Long> begin(PartitionName partition, Uni<Beginning> reading);

    /**
     * What a log begins with.
     *
     * @param settled a version: all changes up to it were committed, or undone, before the records were read. So the records tell
     *     all of them, and whoever comes late with one that is not among the records comes with something that was removed since
     * @param records all durable records
     */
    record Beginning(long epoch, long settled, List<Change> records) {
        public Beginning {
            records = List.copyOf(records);
        }
    }

    /** The whole hot state; entries newer than the returned position may already be in it. */
    Uni<HotState> load(PartitionName partition);

    /**
     * The entries after a position, at most some thousand; waits up to {@code wait} for the first and then gives an empty list.
     * Fails with {@link LogTrimmedException} when entries in between are gone or the log began anew: then {@link #load} again.
     *
     * <p>A reader skips an entry whose position is not beyond that of the record it holds, and on IMPORTS_DROPPED keeps what is newer
     * than it. An entry that a newer one of the log makes void may be left out; the last one given is always the place to go on
     * from. One call at a time for each partition and replica.
     */
    Uni<List<LogEntry>> tail(PartitionName partition, long after, Duration wait);

    /**
     * The hot state of a partition.
     *
     * @param lastRemoval the position at which a record was removed last, 0 when none was since the log began: the index of whatever
     *     the record was part of went up there, and the entries do not tell
     */
    record HotState(long position, long lastRemoval, List<LogEntry> entries) {}
}
