package dev.entente.telemetry;

import dev.entente.engine.telemetry.MeterReadings.Series;
import dev.entente.engine.telemetry.Meters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * Measurements by intervals of ten seconds, of which the last whole one is kept, and since the start.
 *
 * <p>Bounded: a series beyond the limit of a table is dropped. Whoever measures only adds to a few numbers under a lock that no other
 * series shares.
 */
public final class IntervalMeters implements Meters {
    static final Duration LENGTH = Duration.ofSeconds(10);
    private static final double NANOS_PER_MILLI = 1e6;

    private final Supplier<Instant> clock;
    private final SeriesTable countersEver = new SeriesTable();
    private final SeriesTable timersEver = new SeriesTable();
    private volatile Two intervals;

    /** An interval in the making; equal numbers mean the same ten seconds. */
    record Open(long number, Instant since, SeriesTable counters, SeriesTable timers) {
        static Open at(Instant now) {
            long number = now.getEpochSecond() / LENGTH.toSeconds();
            Instant since = Instant.ofEpochSecond(number * LENGTH.toSeconds());
            return new Open(number, since, new SeriesTable(), new SeriesTable());
        }
    }

    /** The interval in the making and the one before; at first there is none before, and both are the same. */
    private record Two(Open whole, Open open) {}

    public IntervalMeters(Supplier<Instant> clock) {
        this.clock = clock;
        Open first = Open.at(clock.get());
        this.intervals = new Two(first, first);
    }

    @Override
    public void count(String name, SortedMap<String, String> labels) {
        current().counters().add(name, labels, 1);
        countersEver.add(name, labels, 1);
    }

    @Override
    public void time(String name, Duration took, SortedMap<String, String> labels) {
        double millis = took.toNanos() / NANOS_PER_MILLI;
        current().timers().add(name, labels, millis);
        timersEver.add(name, labels, millis);
    }

    /** The last whole interval, or the first. */
    Open shown() {
        return turned().whole();
    }

    List<Series> countersEver() {
        return countersEver.all();
    }

    List<Series> timersEver() {
        return timersEver.all();
    }

    private Open current() {
        return turned().open();
    }

    private Two turned() {
        Instant now = clock.get();
        return isOpen(now) ? intervals : turn(now);
    }

    private boolean isOpen(Instant now) {
        return now.getEpochSecond() / LENGTH.toSeconds() == intervals.open().number();
    }

    private synchronized Two turn(Instant now) {
        if (!isOpen(now)) {
            intervals = new Two(intervals.open(), Open.at(now));
        }
        return intervals;
    }
}
