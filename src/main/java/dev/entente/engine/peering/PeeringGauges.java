package dev.entente.engine.peering;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.StreamHealth;
import dev.entente.domain.peering.StreamStatus;
import dev.entente.engine.port.Clock;
import dev.entente.engine.telemetry.Gauge;
import dev.entente.engine.telemetry.Gauges;
import dev.entente.engine.view.View;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many services each peer was told of last, and whether its peering is well (protocol chapter 12). Consul shows both from its
 * leader alone; here every replica shows the same.
 */
public final class PeeringGauges implements Gauges {
    private static final String EXPORTED = "peering.exported_services";
    /** Ours: of those, the ones that the peer does not take because of their size. */
    private static final String WITHHELD = "peering.withheld_services";

    private static final String HEALTHY = "peering.healthy";
    /** Older dashboards know both under a name with the prefix doubled. */
    private static final String OLD_PREFIX = "consul.";

    private final View view;
    private final PeeringReads reads;
    private final Clock clock;

    public PeeringGauges(View view, PeeringReads reads, Clock clock) {
        this.view = view;
        this.reads = reads;
        this.clock = clock;
    }

    @Override
    public Uni<List<Gauge>> read() {
        List<Uni<List<Gauge>>> all =
                view.partitions().stream().map(this::ofPartition).toList();
        return all.isEmpty()
                ? Uni.createFrom().item(List.of())
                : Uni.join().all(all).andFailFast().map(PeeringGauges::flat);
    }

    private Uni<List<Gauge>> ofPartition(PartitionName partition) {
        return reads.all(partition)
                .map(shown -> shown.stream()
                        .flatMap(peering -> gauges(peering.peering().value(), peering.status()).stream())
                        .toList());
    }

    /** A peering that never had a stream has told nobody of anything. */
    private List<Gauge> gauges(Peering peering, StreamStatus status) {
        Map<String, String> labels = labels(peering);
        List<Gauge> gauges = new ArrayList<>();
        List<String> exported = status.exported();
        if (!status.equals(StreamStatus.NONE)) {
            both(gauges, EXPORTED, exported == null ? 0 : exported.size(), labels);
            List<String> withheld = status.withheld();
            gauges.add(new Gauge(WITHHELD, withheld == null ? 0 : withheld.size(), labels));
        }
        double healthy = StreamHealth.of(status, clock.now())
                .map(well -> well ? 1.0 : 0.0)
                .orElse(Double.NaN);
        both(gauges, HEALTHY, healthy, labels);
        return gauges;
    }

    private static void both(List<Gauge> gauges, String name, double value, Map<String, String> labels) {
        gauges.add(new Gauge(name, value, labels));
        gauges.add(new Gauge(OLD_PREFIX + name, value, labels));
    }

    private static Map<String, String> labels(Peering peering) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("peer_name", peering.name().value());
        labels.put("peer_id", peering.id().value());
        if (!peering.partition().isDefault()) {
            labels.put("partition", peering.partition().value());
        }
        return labels;
    }

    private static List<Gauge> flat(List<List<Gauge>> lists) {
        return lists.stream().flatMap(List::stream).toList();
    }
}
