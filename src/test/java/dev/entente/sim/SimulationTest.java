package dev.entente.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.entente.sim.Simulation.Goal;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

/**
 * The real engine of several clusters under every fault that a network, a process and a store can have. A seed that fails is printed
 * with the line that repeats it.
 *
 * <pre>
 *   -Dsim.count=10000                      so many seeds, for each goal
 *   -Dsim.first=20001                      from this one on, in place of the first
 *   -Dsim.goal=LIVENESS                    for this goal only
 *   -Dsim.seed=4711                        one seed
 *   -Dsim.steps=3,8                        of its script only these steps
 * </pre>
 */
class SimulationTest {
    /** For each goal; about half a minute on two cores for both. */
    private static final int USUAL_COUNT = 150;

    private static LongStream seeds(Goal goal) {
        if (!System.getProperty("sim.goal", goal.name()).equals(goal.name())) {
            return LongStream.empty();
        }
        Long one = Long.getLong("sim.seed");
        if (one != null) {
            return LongStream.of(one);
        }
        int count = Integer.getInteger("sim.count", USUAL_COUNT);
        return range(goal, Long.getLong("sim.first", 1), count);
    }

    private static LongStream range(Goal goal, long first, int count) {
        System.out.printf("%s: seeds %d to %d%n", goal, first, first + count - 1);
        return LongStream.range(first, first + count);
    }

    /** Safety under chaos, and liveness after it: nothing forbidden, then agreement within {@link Simulation#CONVERGENCE}. */
    @ParameterizedTest
    @EnumSource(Goal.class)
    void seedsPass(Goal goal) {
        seeds(goal).forEach(seed -> Seeds.pass(Seeds.script(seed), goal));
    }

    /**
     * Seeds that no run had before. One that fails is a find, and not of the change at hand: it is printed for whoever looks into it,
     * and does not fail the work of others.
     */
    @Test
    void freshSeedsPassOrArePrinted() {
        assumeTrue(System.getProperty("sim.seed") == null, "one seed was asked for");
        long first = new SplittableRandom().nextLong(1_000_000_000_000L);
        try {
            range(Goal.LIVENESS, first, USUAL_COUNT).forEach(seed -> Seeds.pass(Seeds.script(seed), Goal.LIVENESS));
        } catch (AssertionError found) {
            System.out.println("A FRESH SEED FAILS: " + found.getMessage());
            throw new TestAbortedException("a fresh seed fails; the line that repeats it is printed above", found);
        }
    }

    @Test
    void theSameSeedGivesTheSameLog() {
        for (long seed = 1; seed <= 5; seed++) {
            assertThat(log(seed)).isEqualTo(log(seed)).hasSizeGreaterThan(50);
        }
    }

    private static List<String> log(long seed) {
        Trace trace = Trace.ofAll();
        Simulation.run(Script.of(seed), Goal.LIVENESS, Mutation.NONE, trace);
        trace.note(0, "mixed", trace.mixed());
        return trace.all();
    }
}
