package dev.entente.domain.query;

import static dev.entente.domain.query.MatchOperator.EQUAL;
import static dev.entente.domain.query.MatchOperator.IN;
import static dev.entente.domain.query.MatchOperator.IS_EMPTY;
import static dev.entente.domain.query.MatchOperator.IS_NOT_EMPTY;
import static dev.entente.domain.query.MatchOperator.MATCHES;
import static dev.entente.domain.query.MatchOperator.NOT_EQUAL;
import static dev.entente.domain.query.MatchOperator.NOT_IN;
import static dev.entente.domain.query.MatchOperator.NOT_MATCHES;

import dev.entente.domain.identity.GoText;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Something of a row that a filter can select: how it is got, which operators it knows, and what it does with them. What does not fit
 * fails with a {@link RefusedException}, which {@link Filter} turns into its refusal.
 */
sealed interface Selector<R> {

    /** The test that a comparison with this becomes. */
    Test<R> test(Comparison comparison);

    /** The selector under this one; null when there is none of this name, as under everything that has no parts. */
    default @Nullable Under<R> under(String name) {
        return null;
    }

    /** One selector under another, and how a test of it becomes one of the row. */
    interface Under<R> {
        Test<R> compile(Compiler compiler);
    }

    /** Compiles what is left of a path below some rows. */
    interface Compiler {
        <E> Test<E> below(Selectors<E> selectors);

        <E> Test<E> at(Selector<E> selector);

        MatchOperator operator();
    }

    /** A compiled test. */
    @FunctionalInterface
    interface Test<R> {
        boolean holds(R row, Effort effort);
    }

    /**
     * An operator with its value.
     *
     * @param shown the selector as complaints name it
     */
    record Comparison(String shown, MatchOperator operator, String value, RegularExpressions expressions) {
        void requireOperator(Set<MatchOperator> known) {
            if (!known.contains(operator)) {
                throw refused("Invalid match operator " + GoText.quote(operator.shown()) + " for selector "
                        + GoText.quote(shown));
            }
        }

        RefusedException coercion(String function, String why) {
            return refused("Failed to coerce value " + GoText.quote(value) + " for selector " + GoText.quote(shown)
                    + ": strconv." + function + ": parsing " + GoText.quote(value) + ": " + why);
        }

        <R> Test<R> signed(Test<R> positive) {
            return operator.isNegated() ? (row, effort) -> !positive.holds(row, effort) : positive;
        }

        /** What can be asked of a list or of the keys of a map: whether the value is among them, and whether there are any. */
        <R> Test<R> ofMembers(Function<R, ? extends Collection<String>> members) {
            requireOperator(Set.of(IN, NOT_IN, IS_EMPTY, IS_NOT_EMPTY));
            boolean emptiness = operator == IS_EMPTY || operator == IS_NOT_EMPTY;
            return signed(
                    emptiness
                            ? (row, effort) -> members.apply(row).isEmpty()
                            : (row, effort) -> members.apply(row).contains(value));
        }
    }

    static RefusedException refused(String text) {
        return new RefusedException(Refusal.invalid(text));
    }

    /** A text. */
    record Text<R>(Function<R, String> text) implements Selector<R> {
        private static final Set<MatchOperator> OPERATORS = Set.of(EQUAL, NOT_EQUAL, IN, NOT_IN, MATCHES, NOT_MATCHES);

        @Override
        public Test<R> test(Comparison comparison) {
            comparison.requireOperator(OPERATORS);
            String value = comparison.value();
            return comparison.signed(
                    switch (comparison.operator()) {
                        case EQUAL, NOT_EQUAL ->
                            (row, effort) -> text.apply(row).equals(value);
                        case IN, NOT_IN -> (row, effort) -> text.apply(row).contains(value);
                        case MATCHES, NOT_MATCHES -> matches(comparison);
                        case IS_EMPTY, IS_NOT_EMPTY -> throw new IllegalStateException("refused before");
                    });
        }

        private Test<R> matches(Comparison comparison) {
            String expression = comparison.value();
            RegularExpressions.Matcher matcher = comparison
                    .expressions()
                    .compile(expression)
                    .fold(compiled -> compiled, refusal -> {
                        throw refused("Failed to compile regular expression " + GoText.quote(expression) + ": "
                                + refusal.text());
                    });
            return (row, effort) -> {
                String found = text.apply(row);
                effort.spend((found.length() + 1L) * matcher.stepsPerCharacter());
                return matcher.occursIn(found);
            };
        }
    }

    /** A whole number. */
    record Whole<R>(ToLongFunction<R> number) implements Selector<R> {
        private static final Set<MatchOperator> OPERATORS = Set.of(EQUAL, NOT_EQUAL);

        @Override
        public Test<R> test(Comparison comparison) {
            comparison.requireOperator(OPERATORS);
            BigInteger read = GoLiterals.integer(comparison.value())
                    .orElseThrow(() -> comparison.coercion("ParseInt", "invalid syntax"));
            long value =
                    GoLiterals.asLong(read).orElseThrow(() -> comparison.coercion("ParseInt", "value out of range"));
            return comparison.signed((row, effort) -> number.applyAsLong(row) == value);
        }
    }

    /** A boolean. */
    record Flag<R>(Predicate<R> flag) implements Selector<R> {
        private static final Set<MatchOperator> OPERATORS = Set.of(EQUAL, NOT_EQUAL);

        @Override
        public Test<R> test(Comparison comparison) {
            comparison.requireOperator(OPERATORS);
            boolean value = GoLiterals.flag(comparison.value())
                    .orElseThrow(() -> comparison.coercion("ParseBool", "invalid syntax"));
            return comparison.signed((row, effort) -> flag.test(row) == value);
        }
    }

    /** A list of texts. */
    record Texts<R>(Function<R, List<String>> texts) implements Selector<R> {
        @Override
        public Test<R> test(Comparison comparison) {
            return comparison.ofMembers(texts);
        }
    }

    /** A map from texts; every name is a key. */
    record Keyed<R, V>(Function<R, Map<String, V>> map, Selector<V> values) implements Selector<R> {
        @Override
        public Test<R> test(Comparison comparison) {
            return comparison.ofMembers(map.andThen(Map::keySet));
        }

        @Override
        public Under<R> under(String key) {
            return compiler -> {
                Test<V> test = compiler.at(values);
                boolean whenMissing = compiler.operator().holdsForMissingKey();
                return (row, effort) -> {
                    V value = map.apply(row).get(key);
                    return value == null ? whenMissing : test.holds(value, effort);
                };
            };
        }
    }

    /** One thing with selectors; nothing can be said of it as a whole. */
    record Nested<R, E>(Function<R, E> nested, Selectors<E> selectors) implements Selector<R> {
        @Override
        public Test<R> test(Comparison comparison) {
            comparison.requireOperator(Set.of());
            throw new IllegalStateException("refused before");
        }

        @Override
        public @Nullable Under<R> under(String name) {
            if (selectors.named(name) == null) {
                return null;
            }
            return compiler -> {
                Test<E> test = compiler.below(selectors);
                return (row, effort) -> test.holds(nested.apply(row), effort);
            };
        }
    }

    /** Several things with selectors. */
    record Each<R, E>(Function<R, ? extends List<E>> elements, Selectors<E> selectors) implements Selector<R> {
        private static final Set<MatchOperator> OPERATORS = Set.of(IS_EMPTY, IS_NOT_EMPTY);

        @Override
        public Test<R> test(Comparison comparison) {
            comparison.requireOperator(OPERATORS);
            return comparison.signed((row, effort) -> elements.apply(row).isEmpty());
        }

        @Override
        public @Nullable Under<R> under(String name) {
            if (selectors.named(name) == null) {
                return null;
            }
            return compiler -> {
                Test<E> test = compiler.below(selectors);
                return (row, effort) -> {
                    for (E element : elements.apply(row)) {
                        if (test.holds(element, effort)) {
                            return true;
                        }
                    }
                    return false;
                };
            };
        }
    }
}
