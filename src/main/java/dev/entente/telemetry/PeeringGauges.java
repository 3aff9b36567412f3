package dev.entente.telemetry;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.StreamStatus;
import dev.entente.engine.peering.PeeringReads;
import dev.entente.engine.peering.Peerings.Shown;
import dev.entente.engine.port.MeterReadings.Gauge;
import dev.entente.engine.view.View;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How each peering is, and how many services its peer was last told of (protocol chapter 12). */
public final class PeeringGauges implements Readings.GaugeSource {
    private final View view;
    private final PeeringReads peerings;

    public PeeringGauges(View view, PeeringReads peerings) {
        this.view = view;
        this.peerings = peerings;
    }

    @Override
    public Uni<List<Gauge>> read() {
        Uni<List<Gauge>> all = Uni.createFrom().item(List.of());
        for (PartitionName partition : view.partitions()) {
            all = all.chain(before -> peerings.all(partition).map(shown -> joined(before, partition, shown)));
        }
        return all;
    }

    private static List<Gauge> joined(List<Gauge> before, PartitionName partition, List<Shown> peerings) {
        List<Gauge> all = new ArrayList<>(before);
        peerings.forEach(shown -> of(partition, shown).forEach(all::add));
        return all;
    }

    private static Stream<Gauge> of(PartitionName partition, Shown shown) {
        SortedMap<String, String> labels = labels(partition, shown.peering().value());
        StreamStatus status = shown.status();
        List<String> exported = status.exported();
        Gauge healthy = new Gauge("peering.healthy", health(status), labels);
        return exported == null
                ? Stream.of(healthy)
                : Stream.of(new Gauge("peering.exported_services", exported.size(), labels), healthy);
    }

    /** A peering that never had a stream is neither well nor ill. */
    private static double health(StreamStatus status) {
        if (status.connected()) {
            return 1;
        }
        return status.equals(StreamStatus.NONE) ? Double.NaN : 0;
    }

    private static SortedMap<String, String> labels(PartitionName partition, Peering peering) {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put("peer_id", peering.id().toString());
        labels.put("peer_name", peering.name().toString());
        if (!partition.equals(PartitionName.DEFAULT)) {
            labels.put("partition", partition.toString());
        }
        return labels;
    }
}
