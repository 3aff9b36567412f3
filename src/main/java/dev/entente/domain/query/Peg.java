package dev.entente.domain.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A parsing expression: matches at the place where a parsing stands and moves it on, or leaves it there. The first choice that matches
 * counts. What was expected where is noted in the parsing, because users read it (protocol chapter 6.1.8).
 */
@FunctionalInterface
interface Peg {
    /** The value of an expression that matches and says nothing. */
    Object NOTHING = new Object();

    /** The value; null when the text does not match here. */
    @Nullable
    Object parse(Parsing parsing);

    /** Exactly this text. */
    static Peg literal(String text, String shown) {
        int[] points = text.codePoints().toArray();
        return parsing -> parsing.accept(shown, points.length, at -> Arrays.equals(points, at)) ? NOTHING : null;
    }

    static Peg literal(String text) {
        return literal(text, "\"" + text + "\"");
    }

    /** One character of a class. */
    static Peg character(String shown, IntPredicate wanted) {
        return parsing -> parsing.accept(shown, 1, at -> at.length == 1 && wanted.test(at[0])) ? NOTHING : null;
    }

    /** All of these, one after the other; the value is the list of theirs. */
    static Peg sequence(Peg... parts) {
        return parsing -> {
            int start = parsing.position();
            List<Object> values = new ArrayList<>(parts.length);
            for (Peg part : parts) {
                Object value = part.parse(parsing);
                if (value == null) {
                    parsing.backTo(start);
                    return null;
                }
                values.add(value);
            }
            return values;
        };
    }

    /** The first of these that matches. */
    static Peg choice(Peg... choices) {
        return parsing -> {
            for (Peg choice : choices) {
                Object value = choice.parse(parsing);
                if (value != null) {
                    return value;
                }
            }
            return null;
        };
    }

    /** This or nothing. */
    default Peg optional() {
        return parsing -> {
            Object value = parse(parsing);
            return value == null ? NOTHING : value;
        };
    }

    /** As often as it matches; the value is the list of the values. */
    default Peg repeated() {
        return parsing -> {
            List<Object> values = new ArrayList<>();
            Object value = parse(parsing);
            while (value != null) {
                values.add(value);
                value = parse(parsing);
            }
            return values;
        };
    }

    /** Once or more often. */
    default Peg atLeastOnce() {
        return sequence(this, repeated());
    }

    /** Whether it would match, without moving on. */
    default Peg ahead() {
        return parsing -> {
            int start = parsing.position();
            Object value = parse(parsing);
            parsing.backTo(start);
            return value == null ? null : NOTHING;
        };
    }

    /** Whether it would not match. */
    default Peg notAhead() {
        return parsing -> {
            int start = parsing.position();
            Object value = parsing.inverted(this);
            parsing.backTo(start);
            return value == null ? NOTHING : null;
        };
    }

    /** Never matches, and tells why. */
    static Peg fault(String text) {
        return parsing -> {
            parsing.fault(text, parsing.position());
            return null;
        };
    }

    /** The text that matches. */
    default Peg text() {
        return parsing -> {
            int start = parsing.position();
            return parse(parsing) == null ? null : parsing.textFrom(start);
        };
    }

    /** Makes something else of the value. */
    default Peg as(Function<Object, Object> change) {
        return parsing -> {
            Object value = parse(parsing);
            return value == null ? null : change.apply(value);
        };
    }

    /**
     * A named expression, which is tried once at each place however often it is asked for: time stays proportional to the length of
     * the text.
     */
    static Peg rule(String name, Supplier<Peg> body) {
        Object id = Map.entry(name, body);
        return parsing -> parsing.rule(id, name, body);
    }

    /** The value at a place of a sequence. */
    static Object at(Object sequence, int index) {
        return ((List<?>) sequence).get(index);
    }
}
