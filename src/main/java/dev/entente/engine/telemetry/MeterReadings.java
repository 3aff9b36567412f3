package dev.entente.engine.telemetry;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** What was measured, for those who ask. */
public interface MeterReadings {

    /** What came together in an interval. */
    record Series(String name, SortedMap<String, String> labels, Sums sums) {}

    /** Count, sum and spread of the values of a series. */
    record Sums(long count, double sum, double squares, double least, double most) {}

    /**
     * The last whole interval, or the first as far as it went.
     *
     * @param since when it began
     */
    record Interval(Instant since, List<Gauge> gauges, List<Series> counters, List<Series> timers) {}

    /** The last interval, with the gauges read now. */
    Uni<Interval> interval();

    /** Everything since the start, in the text form that Prometheus reads; empty when that form is not turned on. */
    Uni<Optional<String>> exposition();
}
