package dev.entente.engine.view;

import java.util.function.Function;

/**
 * What a read of the view found, and the index at which it last changed; the index is at least 1.
 *
 * @param quiet an index with which a reader knows this answer as well, whatever happened since: for something that is not there, the
 *     index that was told while it never was; else the index itself
 * @param value a complete, immutable answer; empty lists for what does not exist
 */
public record Found<T>(long index, long quiet, T value) {
    public Found(long index, T value) {
        this(index, index, value);
    }

    public <R> Found<R> map(Function<? super T, ? extends R> change) {
        return new Found<>(index, quiet, change.apply(value));
    }

    /** Whether a reader with this index knows the answer. */
    boolean isKnownAt(long known) {
        return index <= known || quiet == known;
    }

    /** The answer with the index to tell a reader who has this one; 0 for none. */
    Found<T> toldTo(long known) {
        return known <= 0 || quiet == known ? new Found<>(quiet, value) : this;
    }
}
