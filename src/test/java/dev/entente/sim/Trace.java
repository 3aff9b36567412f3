package dev.entente.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * The event log of a run: the newest lines for whoever reads a failure, a number that two equal runs share, and all lines when asked
 * for them. Lines are only written out when somebody reads them.
 */
final class Trace {
    private static final int NEWEST = 50;

    private final Deque<Line> newest = new ArrayDeque<>();
    private final List<String> all = new ArrayList<>();
    private final boolean keepsAll;
    private long mixed = 17;

    /** The parts are values that do not change any more. */
    private record Line(long nanos, String what, Object[] parts) {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%10.6f %s", nanos / 1e9, what));
            for (Object part : parts) {
                text.append(' ').append(part);
            }
            return text.toString();
        }
    }

    private Trace(boolean keepsAll) {
        this.keepsAll = keepsAll;
    }

    static Trace ofNewest() {
        return new Trace(false);
    }

    static Trace ofAll() {
        return new Trace(true);
    }

    void note(long nanos, String what, Object... parts) {
        Line line = new Line(nanos, what, parts);
        mix(nanos, what);
        if (keepsAll) {
            all.add(line.toString());
        }
        newest.addLast(line);
        if (newest.size() > NEWEST) {
            newest.removeFirst();
        }
    }

    void mix(long nanos, String what) {
        mixed = (mixed * 31 + nanos) * 31 + what.hashCode();
    }

    /** Equal for equal runs: every event went into it, also those without a line. */
    long mixed() {
        return mixed;
    }

    List<String> all() {
        return all;
    }

    List<String> newest() {
        return newest.stream().map(Line::toString).toList();
    }
}
