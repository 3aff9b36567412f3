package dev.entente.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.sim.Simulation.Goal;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The real engine of several clusters under every fault that a network, a process and a store can have, with seeds that no run had
 * before. One that fails is printed with the line that repeats it.
 *
 * <pre>
 *   -Dsim.count=10000                      so many seeds, for each goal
 *   -Dsim.first=1                          from this one on
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
        long first = Long.getLong("sim.first", new SplittableRandom().nextLong(1_000_000_000_000L));
        System.out.printf("%s: seeds %d to %d%n", goal, first, first + count - 1);
        return LongStream.range(first, first + count);
    }

    /** Safety under chaos, and liveness after it: nothing forbidden, then agreement within {@link Simulation#CONVERGENCE}. */
    @ParameterizedTest
    @EnumSource(Goal.class)
    void seedsPass(Goal goal) {
        seeds(goal).forEach(seed -> Seeds.pass(Seeds.script(seed), goal));
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
