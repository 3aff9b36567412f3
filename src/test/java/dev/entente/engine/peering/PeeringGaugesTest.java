package dev.entente.engine.peering;

import static dev.entente.contract.Samples.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.peering.StreamStatus;
import dev.entente.engine.telemetry.Gauge;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeeringGaugesTest {
    private final PeeringWorld world = new PeeringWorld("ours");
    private final PeeringGauges gauges =
            new PeeringGauges(world.view, new PeeringReads(world.view, world.statuses), () -> PeeringWorld.NOW);

    @BeforeEach
    void issue() {
        world.server("one", Map.of(), Map.of("grpc_tls_port", "8503"));
        world.token("Far");
    }

    private void status(boolean connected, List<String> exported) {
        StreamStatus status = new StreamStatus(
                connected,
                null,
                null,
                exported,
                PeeringWorld.NOW.minusSeconds(300),
                null,
                null,
                connected ? PeeringWorld.NOW : PeeringWorld.NOW.minusSeconds(290),
                null);
        await(world.statuses.put(PartitionName.DEFAULT, world.id("far"), status, Duration.ofHours(1)));
    }

    @Test
    void servicesThatAreTooLargeForThePeerAreCountedApart() {
        StreamStatus status = new StreamStatus(true, null, null, List.of("a", "b"), null, null, null, null, null);
        await(world.statuses.put(
                PartitionName.DEFAULT, world.id("far"), status.withholding(Set.of("b")), Duration.ofHours(1)));

        assertThat(values())
                .containsEntry("peering.exported_services", 2.0)
                .containsEntry("peering.withheld_services", 1.0);
    }

    private Map<String, Double> values() {
        return await(gauges.read()).stream().collect(Collectors.toMap(Gauge::name, Gauge::value));
    }

    @Test
    void aConnectedPeeringShowsWhatItExportsAndThatItIsWell() {
        status(true, List.of("a", "b"));

        assertThat(values())
                .containsOnly(
                        Map.entry("peering.exported_services", 2.0),
                        Map.entry("consul.peering.exported_services", 2.0),
                        Map.entry("peering.withheld_services", 0.0),
                        Map.entry("peering.healthy", 1.0),
                        Map.entry("consul.peering.healthy", 1.0));
    }

    @Test
    void onePeerIsToldFromAnotherByItsLabels() {
        assertThat(await(gauges.read()))
                .allSatisfy(gauge -> assertThat(gauge.labels())
                        .containsExactly(
                                Map.entry("peer_name", "Far"),
                                Map.entry("peer_id", world.id("far").value())));
    }

    @Test
    void onlyHealthIsShownOfOneThatNeverConnectedAndItIsNoNumber() {
        assertThat(values()).containsOnlyKeys("peering.healthy", "consul.peering.healthy");
        assertThat(values().get("peering.healthy")).isNaN();
    }

    @Test
    void oneThatIsGoneForLongIsUnwell() {
        status(false, List.of("a"));

        assertThat(values().get("peering.healthy")).isZero();
    }
}
