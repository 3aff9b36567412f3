package dev.entente.engine.replication;

import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.ImportedService;
import dev.entente.domain.catalog.TextSize;
import dev.entente.domain.identity.PeerName;
import dev.entente.engine.view.PartitionView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much one peer may make us hold. Without it a peer could fill Redis and every replica's memory with services that nobody asked
 * for. What counts is the length of the texts, which grows with everything that a peer can make longer.
 *
 * <p>Belongs to one stream and is used on its event loop.
 */
final class ImportQuota {
    /** What an instance costs beside its texts. */
    private static final long OVERHEAD = 256;

    private final long limit;
    private final Map<String, Long> weights = new HashMap<>();
    private long total;

    ImportQuota(long limit) {
        this.limit = limit;
    }

    /** Counts what is held from earlier streams, so that coming again does not make it more. */
    void count(PartitionView held, PeerName peer) {
        for (String name : held.serviceNames(peer).value().keySet()) {
            note(
                    name,
                    held.service(peer, name).value().instances().stream()
                            .mapToLong(instance -> OVERHEAD + TextSize.of(instance))
                            .sum());
        }
    }

    /** Counts a service in place of what was known under its name; false, and nothing changed, when that is too much. */
    boolean admits(ImportedService service) {
        long weight = weightOf(service.instances());
        if (weight > 0 && total - weights.getOrDefault(service.name(), 0L) + weight > limit) {
            return false;
        }
        note(service.name(), weight);
        return true;
    }

    /** All other names are given up. */
    void retain(Set<String> kept) {
        weights.keySet().retainAll(kept);
        total = weights.values().stream().mapToLong(Long::longValue).sum();
    }

    private void note(String name, long weight) {
        Long before = weight == 0 ? weights.remove(name) : weights.put(name, weight);
        total += weight - (before == null ? 0 : before);
    }

    private static long weightOf(List<ImportedInstance> instances) {
        return instances.stream()
                .mapToLong(instance -> OVERHEAD + TextSize.of(instance))
                .sum();
    }
}
