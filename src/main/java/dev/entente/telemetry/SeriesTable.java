package dev.entente.telemetry;

import dev.entente.engine.telemetry.MeterReadings.Series;
import dev.entente.engine.telemetry.MeterReadings.Sums;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Series by name and labels, up to a bound. Safe for many threads. */
final class SeriesTable {
    /** Far more than there are routes and peers; a bound against names that nobody thought of. */
    static final int LIMIT = 4096;

    private static final Comparator<Series> BY_NAME = Comparator.comparing(Series::name)
            .thenComparing(series -> series.labels().toString());

    private final Map<Key, Adding> series = new ConcurrentHashMap<>();

    private record Key(String name, SortedMap<String, String> labels) {}

    void add(String name, SortedMap<String, String> labels, double value) {
        Key key = new Key(name, labels);
        Adding adding = series.get(key);
        if (adding == null && series.size() < LIMIT) {
            adding = series.computeIfAbsent(key, fresh -> new Adding());
        }
        if (adding != null) {
            adding.add(value);
        }
    }

    /** All series by name. */
    List<Series> all() {
        return series.entrySet().stream()
                .map(entry -> new Series(
                        entry.getKey().name(),
                        entry.getKey().labels(),
                        entry.getValue().sums()))
                .sorted(BY_NAME)
                .toList();
    }

    /** The numbers of one series; immutable sums, exchanged under a lock that only this series has. */
    private static final class Adding {
        private @Nullable Sums sums;

        synchronized void add(double value) {
            Sums before = sums;
            sums = before == null
                    ? new Sums(1, value, value * value, value, value)
                    : new Sums(
                            before.count() + 1,
                            before.sum() + value,
                            before.squares() + value * value,
                            Math.min(before.least(), value),
                            Math.max(before.most(), value));
        }

        synchronized Sums sums() {
            Sums now = sums;
            return now == null ? new Sums(0, 0, 0, 0, 0) : now;
        }
    }
}
