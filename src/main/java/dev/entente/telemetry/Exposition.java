package dev.entente.telemetry;

import dev.entente.engine.telemetry.Gauge;
import dev.entente.engine.telemetry.MeterReadings.Series;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Meters in the text form that Prometheus reads: gauges, counters, and timers as summaries of milliseconds. */
final class Exposition {
    private static final Pattern FORBIDDEN = Pattern.compile("[^a-zA-Z0-9_:]");

    private final StringBuilder text = new StringBuilder();
    private final Set<String> named = new HashSet<>();

    private Exposition() {}

    static String of(List<Gauge> gauges, List<Series> counters, List<Series> timers) {
        Exposition exposition = new Exposition();
        gauges.forEach(gauge -> exposition.line(gauge.name(), "gauge", "", gauge.labels(), gauge.value()));
        counters.forEach(counter -> exposition.line(
                counter.name(), "counter", "", counter.labels(), counter.sums().sum()));
        timers.forEach(exposition::summary);
        return exposition.text.toString();
    }

    private void summary(Series timer) {
        line(timer.name(), "summary", "_sum", timer.labels(), timer.sums().sum());
        line(timer.name(), "summary", "_count", timer.labels(), (double)
                timer.sums().count());
    }

    private void line(String name, String type, String suffix, Map<String, String> labels, double value) {
        String clean = FORBIDDEN.matcher(name).replaceAll("_");
        if (named.add(clean)) {
            text.append("# HELP ").append(clean).append(' ').append(clean).append('\n');
            text.append("# TYPE ").append(clean).append(' ').append(type).append('\n');
        }
        text.append(clean)
                .append(suffix)
                .append(labels(labels))
                .append(' ')
                .append(number(value))
                .append('\n');
    }

    private static String labels(Map<String, String> labels) {
        return labels.isEmpty()
                ? ""
                : labels.entrySet().stream().map(Exposition::label).collect(Collectors.joining(",", "{", "}"));
    }

    private static String label(Map.Entry<String, String> label) {
        String value =
                label.getValue().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return FORBIDDEN.matcher(label.getKey()).replaceAll("_") + "=\"" + value + "\"";
    }

    private static String number(double value) {
        return Double.isNaN(value)
                ? "NaN"
                : value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
