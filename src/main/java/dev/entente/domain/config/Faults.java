package dev.entente.domain.config;

import dev.entente.domain.identity.ErrorList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Looks for the first fault of something that has many rules. */
final class Faults {
    private Faults() {}

    /** The text when the rule is broken. */
    static Optional<String> when(boolean broken, String text) {
        return broken ? Optional.of(text) : Optional.empty();
    }

    /** All faults as one text; empty when there are none. */
    static Optional<String> all(List<String> faults) {
        return faults.isEmpty() ? Optional.empty() : Optional.of(ErrorList.text(faults));
    }

    /** The first fault that one of the rules finds, asked in order. */
    static Optional<String> first(List<Supplier<Optional<String>>> rules) {
        return rules.stream().flatMap(rule -> rule.get().stream()).findFirst();
    }

    /** The fault of the first element that has one. */
    static Optional<String> firstOf(int count, IntFunction<Optional<String>> faultOfElement) {
        return IntStream.range(0, count)
                .mapToObj(faultOfElement)
                .flatMap(Optional::stream)
                .findFirst();
    }
}
