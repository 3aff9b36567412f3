package dev.entente.engine.view;

import java.util.function.Function;

/**
 * What a read of the view found, and the index at which it last changed; the index is at least 1.
 *
 * @param value a complete, immutable answer; empty lists for what does not exist
 */
public record Found<T>(long index, T value) {
    public <R> Found<R> map(Function<? super T, ? extends R> change) {
        return new Found<>(index, change.apply(value));
    }
}
