package dev.entente.domain.query;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What filters may select of a row, by name (protocol chapter 6.1.8). Immutable once it is made.
 *
 * @param <R> the row
 */
public final class Selectors<R> {
    private final Map<String, Selector<R>> byName;

    private Selectors(Map<String, Selector<R>> byName) {
        this.byName = Map.copyOf(byName);
    }

    public static <R> Builder<R> of() {
        return new Builder<>();
    }

    @Nullable
    Selector<R> named(String name) {
        return byName.get(name);
    }

    /** Gathers selectors. */
    public static final class Builder<R> {
        private final Map<String, Selector<R>> byName = new HashMap<>();

        private Builder() {}

        public Builder<R> text(String name, Function<R, String> text) {
            return add(name, new Selector.Text<>(text));
        }

        public Builder<R> number(String name, ToLongFunction<R> number) {
            return add(name, new Selector.Whole<>(number));
        }

        public Builder<R> flag(String name, Predicate<R> flag) {
            return add(name, new Selector.Flag<>(flag));
        }

        public Builder<R> texts(String name, Function<R, List<String>> texts) {
            return add(name, new Selector.Texts<>(texts));
        }

        public Builder<R> textMap(String name, Function<R, Map<String, String>> map) {
            return add(name, new Selector.Keyed<>(map, new Selector.Text<>(Function.identity())));
        }

        /** A map of things that have selectors themselves. */
        public <V> Builder<R> map(String name, Function<R, Map<String, V>> map, Selectors<V> values) {
            return add(name, new Selector.Keyed<>(map, new Selector.Nested<>(Function.identity(), values)));
        }

        /** A thing with selectors of its own; there always is one. */
        public <E> Builder<R> nested(String name, Function<R, E> nested, Selectors<E> selectors) {
            return add(name, new Selector.Nested<>(nested, selectors));
        }

        /** A list of things with selectors: what is said of it holds when it holds for any. */
        public <E> Builder<R> each(String name, Function<R, ? extends List<E>> elements, Selectors<E> selectors) {
            return add(name, new Selector.Each<>(elements, selectors));
        }

        private Builder<R> add(String name, Selector<R> selector) {
            byName.put(name, selector);
            return this;
        }

        public Selectors<R> build() {
            return new Selectors<>(byName);
        }
    }
}
