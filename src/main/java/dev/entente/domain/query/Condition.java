package dev.entente.domain.query;

import java.util.List;

/** A parsed filter expression, not yet held against what rows have. */
sealed interface Condition {

    /** Makes something of a condition, whatever it is. */
    interface Handler<T> {
        T both(Condition left, Condition right);

        T either(Condition left, Condition right);

        T not(Condition operand);

        T match(List<String> selector, MatchOperator operator, String value);
    }

    <T> T fold(Handler<T> handler);

    /** Both hold. */
    record Both(Condition left, Condition right) implements Condition {
        @Override
        public <T> T fold(Handler<T> handler) {
            return handler.both(left, right);
        }
    }

    /** At least one holds. */
    record Either(Condition left, Condition right) implements Condition {
        @Override
        public <T> T fold(Handler<T> handler) {
            return handler.either(left, right);
        }
    }

    /** It does not hold. */
    record Not(Condition operand) implements Condition {
        @Override
        public <T> T fold(Handler<T> handler) {
            return handler.not(operand);
        }
    }

    /** What the selector names compares so with the value, which is empty where the operator takes none. */
    record Match(List<String> selector, MatchOperator operator, String value) implements Condition {
        public Match {
            selector = List.copyOf(selector);
        }

        @Override
        public <T> T fold(Handler<T> handler) {
            return handler.match(selector, operator, value);
        }
    }
}
