package dev.entente.domain.query;

import dev.entente.domain.identity.GoText;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.query.Selector.Comparison;
import dev.entente.domain.query.Selector.Test;
import dev.entente.domain.query.Selector.Under;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A filter expression, compiled for rows of one type (protocol chapter 6.1.8). Immutable; any thread may use it.
 *
 * @param <R> the row
 */
public final class Filter<R> {
    private final Test<R> test;
    private final boolean isAll;

    private Filter(Test<R> test, boolean isAll) {
        this.test = test;
        this.isAll = isAll;
    }

    /** Lets everything through. */
    public static <R> Filter<R> all() {
        return new Filter<>((row, effort) -> true, true);
    }

    /** Whether it was made to let everything through. */
    public boolean isAll() {
        return isAll;
    }

    /** Parses and compiles; a refusal says what is wrong, in Consul's words without their beginning. */
    public static <R> Outcome<Filter<R>> compile(
            String expression, Selectors<R> selectors, RegularExpressions expressions) {
        return FilterGrammar.parse(expression).flatMap(condition -> compile(condition, selectors, expressions));
    }

    /** What is wrong with an expression whatever it is about; empty when nothing is. */
    public static Optional<String> faultOf(String expression) {
        return FilterGrammar.parse(expression)
                .fold(condition -> Optional.<String>empty(), refusal -> Optional.of(refusal.text()));
    }

    private static <R> Outcome<Filter<R>> compile(
            Condition condition, Selectors<R> selectors, RegularExpressions expressions) {
        try {
            return Outcome.accepted(new Filter<>(condition.fold(new Logic<>(selectors, expressions)), false));
        } catch (RefusedException e) {
            return Outcome.refused(e.refusal());
        }
    }

    /** The rows for which the expression holds; fails with a RefusedException when that would take too long. */
    public List<R> of(Collection<R> rows) {
        return of(rows, row -> row);
    }

    /** The same for things that are looked at as rows. */
    public <T> List<T> of(Collection<T> things, Function<T, R> asRow) {
        if (isAll) {
            return List.copyOf(things);
        }
        Effort effort = new Effort();
        List<T> wanted = new ArrayList<>();
        for (T thing : things) {
            if (test.holds(asRow.apply(thing), effort)) {
                wanted.add(thing);
            }
        }
        return wanted;
    }

    /** Compiles combinations. */
    private record Logic<R>(Selectors<R> selectors, RegularExpressions expressions)
            implements Condition.Handler<Test<R>> {
        @Override
        public Test<R> both(Condition left, Condition right) {
            Test<R> first = left.fold(this);
            Test<R> second = right.fold(this);
            return (row, effort) -> first.holds(row, effort) && second.holds(row, effort);
        }

        @Override
        public Test<R> either(Condition left, Condition right) {
            Test<R> first = left.fold(this);
            Test<R> second = right.fold(this);
            return (row, effort) -> first.holds(row, effort) || second.holds(row, effort);
        }

        @Override
        public Test<R> not(Condition operand) {
            Test<R> test = operand.fold(this);
            return (row, effort) -> !test.holds(row, effort);
        }

        @Override
        public Test<R> match(List<String> selector, MatchOperator operator, String value) {
            Comparison comparison = new Comparison(String.join(".", selector), operator, value, expressions);
            return new Path(selector, 0, comparison).below(selectors);
        }
    }

    /** What is left of a selector from some place on. */
    private record Path(List<String> names, int next, Comparison comparison) implements Selector.Compiler {
        @Override
        public <E> Test<E> below(Selectors<E> selectors) {
            Selector<E> selector = selectors.named(names.get(next));
            if (selector == null) {
                throw invalid(next);
            }
            return new Path(names, next + 1, comparison).at(selector);
        }

        @Override
        public <E> Test<E> at(Selector<E> selector) {
            if (next == names.size()) {
                return selector.test(comparison);
            }
            Under<E> under = selector.under(names.get(next));
            if (under == null) {
                throw invalid(next);
            }
            boolean isKey = selector instanceof Selector.Keyed;
            return under.compile(isKey ? new Path(names, next + 1, comparison) : this);
        }

        @Override
        public MatchOperator operator() {
            return comparison.operator();
        }

        private RefusedException invalid(int at) {
            return Selector.refused(
                    "Selector " + GoText.quote(String.join(".", names.subList(0, at + 1))) + " is not valid");
        }
    }
}
