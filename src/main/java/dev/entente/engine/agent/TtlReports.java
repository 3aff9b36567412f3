package dev.entente.engine.agent;

import dev.entente.domain.identity.PartitionName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * When each TTL check last heard from its owner, and what: a deadline starts again with every report, also with one that changes
 * nothing. Safe for any thread; holds one entry for each TTL check that ever reported here until it is forgotten.
 */
public final class TtlReports {
    private final LongSupplier nanoTime;
    private final Map<Key, Heard> heard = new ConcurrentHashMap<>();

    /** @param nanoTime a clock that never goes back, such as {@code System::nanoTime} */
    public TtlReports(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** What was heard last. */
    public record Heard(long nanoTime, String output) {}

    private record Key(PartitionName partition, String checkId) {}

    void heard(PartitionName partition, String checkId, String output) {
        heard.put(new Key(partition, checkId), new Heard(nanoTime.getAsLong(), output));
    }

    /** Starts the deadline again without a report, as registering the check again does. */
    void restarted(PartitionName partition, String checkId) {
        heard.merge(
                new Key(partition, checkId),
                new Heard(nanoTime.getAsLong(), ""),
                (before, now) -> new Heard(now.nanoTime(), before.output()));
    }

    /** The present by the clock of the reports. */
    public long now() {
        return nanoTime.getAsLong();
    }

    /** The last report; empty when there was none since this replica started. */
    public Optional<Heard> last(PartitionName partition, String checkId) {
        return Optional.ofNullable(heard.get(new Key(partition, checkId)));
    }

    /** Forgets a check that is gone. */
    public void forget(PartitionName partition, String checkId) {
        heard.remove(new Key(partition, checkId));
    }
}
