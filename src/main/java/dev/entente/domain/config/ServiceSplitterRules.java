package dev.entente.domain.config;

import static dev.entente.domain.config.Faults.firstOf;
import static dev.entente.domain.config.Faults.when;

import dev.entente.domain.config.ServiceSplitterEntry.Split;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a service-splitter entry may be: shares of a hundred, no destination twice. */
final class ServiceSplitterRules {
    static final float STEPS = 100;
    private static final int WHOLE = 10_000;

    private ServiceSplitterRules() {}

    static ServiceSplitterEntry normalised(ServiceSplitterEntry entry) {
        List<Split> splits =
                entry.splits().stream().map(ServiceSplitterRules::normalised).toList();
        return new ServiceSplitterEntry(entry.name(), splits, entry.meta());
    }

    private static Split normalised(Split split) {
        return new Split(
                ServiceSplitterEntry.roundedWeight(split.weight()),
                split.service(),
                split.serviceSubset(),
                split.namespace(),
                split.partition(),
                split.requestHeaders(),
                split.responseHeaders());
    }

    static int hundredths(float weight) {
        return (int) (Math.signum(weight) * Math.round(Math.abs((double) (weight * STEPS))));
    }

    static Optional<String> fault(ServiceSplitterEntry entry) {
        return when(entry.name().isEmpty(), "Name is required")
                .or(() -> when(entry.splits().isEmpty(), "no splits configured"))
                .or(() -> EntryMeta.fault(entry.meta()))
                .or(() -> firstOf(entry.splits().size(), i -> faultOfPlace(entry, i)))
                .or(() -> faultOfSum(entry));
    }

    /** A place may come again where headers tell the parts apart. */
    private static Optional<String> faultOfPlace(ServiceSplitterEntry entry, int index) {
        List<String> place = place(entry, index);
        boolean repeated = false;
        for (int earlier = 0; earlier < index; earlier++) {
            repeated |= place(entry, earlier).equals(place) && isBare(entry, earlier) && isBare(entry, index);
        }
        return when(
                repeated,
                "split destination occurs more than once: service=\"" + place.get(0) + "\", subset=\"" + place.get(1)
                        + "\", namespace=\"" + place.get(2) + "\", partition=\"" + place.get(3) + "\"");
    }

    private static boolean isBare(ServiceSplitterEntry entry, int index) {
        Split split = entry.splits().get(index);
        return split.requestHeaders() == null && split.responseHeaders() == null;
    }

    private static List<String> place(ServiceSplitterEntry entry, int index) {
        Split split = entry.splits().get(index);
        String service = split.service().isEmpty() ? entry.name() : split.service();
        return List.of(service, split.serviceSubset(), split.namespace(), split.partition());
    }

    private static Optional<String> faultOfSum(ServiceSplitterEntry entry) {
        int sum = entry.splits().stream()
                .mapToInt(split -> hundredths(split.weight()))
                .sum();
        return when(
                sum != WHOLE,
                "the sum of all split weights must be 100, not " + String.format(Locale.ROOT, "%f", sum / STEPS));
    }
}
