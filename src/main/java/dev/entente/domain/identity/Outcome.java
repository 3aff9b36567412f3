package dev.entente.domain.identity;

import java.util.function.Function;

/** The result of a decision: a value, or a refusal. */
public sealed interface Outcome<T> {

    /** The decision went through. */
    record Accepted<T>(T value) implements Outcome<T> {}

    /** The decision was refused; nothing has changed. */
    record Refused<T>(Refusal refusal) implements Outcome<T> {}

    static <T> Outcome<T> accepted(T value) {
        return new Accepted<>(value);
    }

    static <T> Outcome<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    /** Applies the function that fits. */
    default <R> R fold(Function<? super T, ? extends R> onAccepted, Function<Refusal, ? extends R> onRefused) {
        if (this instanceof Accepted<T> accepted) {
            return onAccepted.apply(accepted.value());
        }
        return onRefused.apply(((Refused<T>) this).refusal());
    }

    default <R> Outcome<R> map(Function<? super T, ? extends R> change) {
        return fold(value -> accepted(change.apply(value)), Outcome::refused);
    }

    default <R> Outcome<R> flatMap(Function<? super T, Outcome<R>> next) {
        return fold(next, Outcome::refused);
    }

    /** The value, or a {@link RefusedException}; for pipelines, where a refusal travels as a failure. */
    default T orThrow() {
        return fold(value -> value, refusal -> {
            throw new RefusedException(refusal);
        });
    }
}
