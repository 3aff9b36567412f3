package dev.entente.sim;

import static org.assertj.core.api.Assertions.fail;

import dev.entente.sim.Simulation.Goal;
import dev.entente.sim.Simulation.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Runs seeds, and says of one that fails all that is needed to look into it. */
final class Seeds {
    private static final int SHRINKING_RUNS = 150;

    private Seeds() {}

    /** The script of a seed, or of {@code -Dsim.steps} what it keeps. */
    static Script script(long seed) {
        Script whole = Script.of(seed);
        String kept = System.getProperty("sim.steps");
        return kept == null
                ? whole
                : whole.keeping(
                        kept.isEmpty()
                                ? List.of()
                                : Arrays.stream(kept.split(","))
                                        .map(Integer::valueOf)
                                        .toList());
    }

    static Outcome pass(Script script, Goal goal) {
        Outcome outcome = Simulation.run(script, goal, Mutation.NONE, Trace.ofNewest());
        outcome.violation().ifPresent(violation -> fail(report(script, goal, violation)));
        return outcome;
    }

    private static String report(Script script, Goal goal, String violation) {
        Script smallest =
                new Shrinker(smaller -> isAlike(violation, failure(smaller, goal)), SHRINKING_RUNS).shrink(script);
        Outcome outcome = Simulation.run(smallest, goal, Mutation.NONE, Trace.ofNewest());
        StringBuilder text = new StringBuilder("seed " + script.seed() + ": " + violation);
        text.append("\nwith fewer steps: ").append(outcome.violation().orElse("?"));
        smallest.played().forEach(step -> text.append("\n    ").append(step));
        text.append("\nthe last events:");
        outcome.trace().newest().forEach(line -> text.append("\n    ").append(line));
        return text.append("\nrepeat it with: ")
                .append(reproducer(smallest, goal))
                .append('\n')
                .toString();
    }

    /** A smaller run that fails for another reason tells nothing of this one. */
    private static boolean isAlike(String violation, Optional<String> found) {
        return found.filter(other -> kindOf(other).equals(kindOf(violation))).isPresent();
    }

    private static String kindOf(String violation) {
        String words = violation.replaceAll("[^a-z ]|ash|birch|cedar", "");
        return words.substring(0, Math.min(30, words.length()));
    }

    private static Optional<String> failure(Script script, Goal goal) {
        return Simulation.run(script, goal, Mutation.NONE, Trace.ofNewest()).violation();
    }

    static String reproducer(Script script, Goal goal) {
        String steps = script.isWhole()
                ? ""
                : " -Dsim.steps="
                        + String.join(
                                ",", script.kept().stream().map(String::valueOf).toList());
        return "./mvnw -Dfast test -Dtest=SimulationTest -Dsim.goal=" + goal + " -Dsim.seed=" + script.seed() + steps;
    }
}
