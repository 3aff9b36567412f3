package dev.entente.domain.query;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One text being parsed: the place, what was tried where, and what would have been expected at the farthest place reached. */
final class Parsing {
    private static final String END = "!.";

    private final String text;
    private final int[] points;
    private final int maxDepth;
    private final Map<Tried, Result> results = new HashMap<>();
    private final Set<String> faults = new LinkedHashSet<>();
    private final Set<String> expected = new HashSet<>();
    private int position;
    private int farthest;
    private int depth;
    private boolean inverted;
    private String rule = "";

    Parsing(String text, int maxDepth) {
        this.text = text;
        this.points = text.codePoints().toArray();
        this.maxDepth = maxDepth;
    }

    /** Rules were entered more often than is bearable: the text is nested too deeply. */
    static final class TooDeepException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooDeepException() {
            super("nested too deeply", null, false, false);
        }
    }

    private record Tried(Object rule, int position, boolean inverted) {}

    private record Result(@Nullable Object value, int end) {}

    int position() {
        return position;
    }

    void backTo(int earlier) {
        position = earlier;
    }

    String textFrom(int start) {
        return new String(points, start, position - start);
    }

    /** Takes so many characters if they are wanted; else notes what was. */
    boolean accept(String shown, int length, Predicate<int[]> wanted) {
        int[] here = Arrays.copyOfRange(points, position, Math.min(position + length, points.length));
        boolean matches = wanted.test(here);
        // Where something must not follow, it is the match that stands in the way.
        if (matches == inverted) {
            note(inverted ? "!" + shown : shown);
        }
        if (matches) {
            position += length;
        }
        return matches;
    }

    private void note(String shown) {
        if (position > farthest) {
            farthest = position;
            expected.clear();
        }
        if (position == farthest) {
            expected.add(shown);
        }
    }

    @Nullable
    Object inverted(Peg peg) {
        inverted = !inverted;
        try {
            return peg.parse(this);
        } finally {
            inverted = !inverted;
        }
    }

    @Nullable
    Object rule(Object id, String name, Supplier<Peg> body) {
        Tried tried = new Tried(id, position, inverted);
        Result known = results.get(tried);
        if (known == null) {
            known = enter(name, body);
            results.put(tried, known);
        }
        if (known.value() != null) {
            position = known.end();
        }
        return known.value();
    }

    private Result enter(String name, Supplier<Peg> body) {
        if (++depth > maxDepth) {
            throw new TooDeepException();
        }
        String outer = rule;
        rule = name;
        Object value = body.get().parse(this);
        rule = outer;
        depth--;
        return new Result(value, position);
    }

    void fault(String fault, int at) {
        faults.add(place(at) + ": rule \"" + rule + "\": " + fault);
    }

    /** What is wrong when the parse had this outcome; empty for a good text. */
    String complaint(boolean matched) {
        if (!faults.isEmpty()) {
            return String.join("\n", faults);
        }
        return matched ? "" : place(farthest) + ": no match found, expected: " + shownExpectations();
    }

    private String shownExpectations() {
        List<String> shown = new java.util.ArrayList<>(new TreeSet<>(expected));
        if (shown.remove(END)) {
            shown.add("EOF");
        }
        int last = shown.size() - 1;
        return last < 1 ? String.join("", shown) : String.join(", ", shown.subList(0, last)) + " or " + shown.get(last);
    }

    /** Line, column in characters, and offset in bytes. */
    private String place(int at) {
        int line = 1;
        int column = 0;
        for (int i = 0; i <= at; i++) {
            column++;
            if (i < points.length && points[i] == '\n') {
                line++;
                column = 0;
            }
        }
        int offset = text.substring(0, text.offsetByCodePoints(0, at)).getBytes(StandardCharsets.UTF_8).length;
        return line + ":" + column + " (" + offset + ")";
    }
}
