package dev.entente.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.engine.telemetry.Gauge;
import dev.entente.engine.telemetry.MeterReadings.Interval;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReadingsTest {
    private static final SortedMap<String, String> NONE = Collections.emptySortedMap();

    private Instant now = Instant.parse("2026-01-01T00:00:03Z");
    private final IntervalMeters meters = new IntervalMeters(() -> now);

    @Test
    void theFirstIntervalIsShownBeforeItIsWhole() {
        meters.time("api.http", Duration.ofMillis(2), NONE);
        assertThat(interval().since()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(interval().timers()).singleElement().satisfies(timer -> {
            assertThat(timer.name()).isEqualTo("consul.api.http");
            assertThat(timer.sums().count()).isEqualTo(1);
            assertThat(timer.sums().sum()).isEqualTo(2.0);
        });
    }

    @Test
    void theLastWholeIntervalIsShownWhileTheNextFills() {
        meters.count("a", NONE);
        now = now.plusSeconds(10);
        meters.count("b", NONE);
        assertThat(interval().counters()).extracting("name").containsExactly("consul.a");
        now = now.plusSeconds(10);
        assertThat(interval().counters()).extracting("name").containsExactly("consul.b");
    }

    @Test
    void aSeriesHasCountSumAndEnds() {
        List.of(1, 5, 3).forEach(millis -> meters.time("t", Duration.ofMillis(millis), NONE));
        assertThat(interval().timers()).singleElement().satisfies(timer -> {
            assertThat(timer.sums().count()).isEqualTo(3);
            assertThat(timer.sums().sum()).isEqualTo(9.0);
            assertThat(timer.sums().squares()).isEqualTo(35.0);
            assertThat(timer.sums().least()).isEqualTo(1.0);
            assertThat(timer.sums().most()).isEqualTo(5.0);
        });
    }

    @Test
    void seriesBeyondTheBoundAreDropped() {
        for (int i = 0; i < SeriesTable.LIMIT + 10; i++) {
            meters.count("n" + i, NONE);
        }
        assertThat(interval().counters()).hasSize(SeriesTable.LIMIT);
    }

    @Test
    void withoutARetentionTimeThereIsNothingForPrometheus() {
        assertThat(readings(false).exposition().await().indefinitely()).isEmpty();
    }

    @Test
    void prometheusReadsEverythingSinceTheStart() {
        SortedMap<String, String> labels = new TreeMap<>(Map.of("method", "GET", "path", "v1_\"x\""));
        meters.time("api.http", Duration.ofMillis(2), labels);
        now = now.plusSeconds(60);
        meters.time("api.http", Duration.ofMillis(3), labels);
        Optional<String> text = readings(true).exposition().await().indefinitely();
        assertThat(text.orElseThrow().lines())
                .containsExactly(
                        "# HELP consul_well consul_well",
                        "# TYPE consul_well gauge",
                        "consul_well NaN",
                        "# HELP consul_api_http consul_api_http",
                        "# TYPE consul_api_http summary",
                        "consul_api_http_sum{method=\"GET\",path=\"v1_\\\"x\\\"\"} 5",
                        "consul_api_http_count{method=\"GET\",path=\"v1_\\\"x\\\"\"} 2");
    }

    private Interval interval() {
        return readings(false).interval().await().indefinitely();
    }

    private Readings readings(boolean prometheus) {
        List<Gauge> gauges = List.of(new Gauge("well", Double.NaN, Map.of()));
        return new Readings(
                meters, List.of(() -> Uni.createFrom().item(gauges)), new Readings.Settings("consul.", prometheus));
    }
}
