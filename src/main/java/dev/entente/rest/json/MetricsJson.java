package dev.entente.rest.json;

import dev.entente.engine.telemetry.Gauge;
import dev.entente.engine.telemetry.MeterReadings.Interval;
import dev.entente.engine.telemetry.MeterReadings.Series;
import dev.entente.engine.telemetry.MeterReadings.Sums;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** {@code /v1/agent/metrics} (protocol chapters 6.8 and 12). */
public final class MetricsJson {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss '+0000 UTC'", Locale.ROOT);
    private static final double INTERVAL_SECONDS = 10;

    private MetricsJson() {}

    public static byte[] write(Interval interval) {
        return Json.object(json -> json.text(
                        "Timestamp", TIME.format(interval.since().atOffset(ZoneOffset.UTC)))
                .array("Gauges", numbers(interval.gauges()), MetricsJson::gauge)
                .array("Points", List.<Gauge>of(), MetricsJson::gauge)
                .array("Counters", interval.counters(), MetricsJson::series)
                .array("Samples", interval.timers(), MetricsJson::series));
    }

    /** JSON has no word for what is not a number: such a gauge is left out. */
    private static List<Gauge> numbers(List<Gauge> gauges) {
        return gauges.stream().filter(gauge -> !Double.isNaN(gauge.value())).toList();
    }

    private static void gauge(Json json, Gauge gauge) {
        json.members(object ->
                object.text("Name", gauge.name()).free("Value", gauge.value()).textMap("Labels", gauge.labels()));
    }

    private static void series(Json json, Series series) {
        Sums sums = series.sums();
        json.members(object -> object.text("Name", series.name())
                .number("Count", sums.count())
                .free("Rate", sums.sum() / INTERVAL_SECONDS)
                .free("Sum", sums.sum())
                .free("Min", sums.least())
                .free("Max", sums.most())
                .free("Mean", sums.sum() / sums.count())
                .free("Stddev", deviation(sums))
                .textMap("Labels", series.labels()));
    }

    private static double deviation(Sums sums) {
        if (sums.count() < 2) {
            return 0;
        }
        double spread = sums.count() * sums.squares() - sums.sum() * sums.sum();
        return Math.sqrt(Math.max(0, spread) / (sums.count() * (sums.count() - 1.0)));
    }
}
