package dev.entente.telemetry;

import dev.entente.engine.telemetry.Gauge;
import dev.entente.engine.telemetry.Gauges;
import dev.entente.engine.telemetry.MeterReadings;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The meters as clients read them: names with a prefix, gauges read when somebody asks. */
public final class Readings implements MeterReadings {
    private final IntervalMeters meters;
    private final List<Gauges> sources;
    private final Settings settings;

    /**
     * How the meters are shown (protocol chapter 12).
     *
     * @param prefix before every name, with its dot; empty for none
     * @param prometheus whether the text form is given; Consul gives it when a retention time is configured
     */
    public record Settings(String prefix, boolean prometheus) {}

    public Readings(IntervalMeters meters, List<Gauges> sources, Settings settings) {
        this.meters = meters;
        this.sources = List.copyOf(sources);
        this.settings = settings;
    }

    @Override
    public Uni<Interval> interval() {
        IntervalMeters.Open shown = meters.shown();
        return gauges().map(gauges -> new Interval(
                shown.since(),
                gauges,
                named(shown.counters().all()),
                named(shown.timers().all())));
    }

    @Override
    public Uni<Optional<String>> exposition() {
        if (!settings.prometheus()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return gauges().map(gauges ->
                Optional.of(Exposition.of(gauges, named(meters.countersEver()), named(meters.timersEver()))));
    }

    private Uni<List<Gauge>> gauges() {
        Uni<List<Gauge>> all = Uni.createFrom().item(List.of());
        for (Gauges source : sources) {
            all = all.chain(before -> source.read().map(more -> joined(before, more)));
        }
        return all;
    }

    private List<Gauge> joined(List<Gauge> before, List<Gauge> more) {
        List<Gauge> all = new ArrayList<>(before);
        more.forEach(gauge -> all.add(new Gauge(settings.prefix() + gauge.name(), gauge.value(), gauge.labels())));
        return all;
    }

    private List<Series> named(List<Series> series) {
        return series.stream()
                .map(each -> new Series(settings.prefix() + each.name(), each.labels(), each.sums()))
                .toList();
    }
}
