package dev.entente.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Leaves out of a failing script what is not needed for it to fail: ever smaller pieces, beginning with halves. */
final class Shrinker {
    private final Predicate<Script> fails;
    private int runsLeft;

    /** @param runs how many runs it may take */
    Shrinker(Predicate<Script> fails, int runs) {
        this.fails = fails;
        this.runsLeft = runs;
    }

    Script shrink(Script failing) {
        Script smallest = failing;
        int pieces = 2;
        while (pieces <= 2 * smallest.kept().size() && runsLeft > 0) {
            int before = smallest.kept().size();
            smallest = withoutSome(smallest, Math.max(1, before / pieces));
            pieces = smallest.kept().size() < before ? Math.max(2, pieces - 1) : pieces * 2;
        }
        return smallest;
    }

    /** The first smaller script that still fails, or the same. */
    private Script withoutSome(Script script, int piece) {
        for (int from = 0; from < script.kept().size() && runsLeft > 0; from += piece) {
            List<Integer> kept = new ArrayList<>(script.kept());
            kept.subList(from, Math.min(from + piece, kept.size())).clear();
            Script smaller = script.keeping(kept);
            runsLeft--;
            if (fails.test(smaller)) {
                return smaller;
            }
        }
        return script;
    }
}
