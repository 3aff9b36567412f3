package dev.entente.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.sim.Simulation.Goal;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A check that never fails proves nothing: each of these faults is built in on purpose, and has to be found by the check for it. */
class TheSimulationFindsTest {
    /** Within so many seeds. */
    private static final int SEEDS = 100;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ACKNOWLEDGES_BEFORE_IT_STORES, which is not stored",
        "USES_A_NONCE_TWICE, uses nonce",
        "PRUNES_NOTHING, which is not stored",
        "ADMITS_A_SECOND_STREAM, two live streams of one peering",
        "FORGETS_THE_PURGE, no agreement",
        "TALKS_AFTER_THE_END, says something after the end",
        "SENDS_WHAT_WAS_NEVER_REGISTERED, never exported"
    })
    void anEngineThat(Mutations fault, String words) {
        Optional<String> found = Optional.empty();
        int seed = 0;
        while (found.isEmpty() && seed < SEEDS) {
            seed++;
            found = Simulation.run(Script.of(seed), Goal.LIVENESS, fault, Trace.ofNewest())
                    .violation();
        }
        System.out.printf("%s: found by seed %d: %s%n", fault, seed, found.orElse("never"));
        assertThat(found).as("%s within %d seeds", fault, SEEDS).isPresent();
        assertThat(found.orElseThrow()).contains(words);
    }
}
