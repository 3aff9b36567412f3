package dev.entente.sim;

import dev.entente.sim.Simulation.Goal;
import dev.entente.sim.Step.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the simulation has found in the engine, as small as it could be made; docs/robustness.md tells of each. */
class FoundOnceTest {

    @Test
    void anOldViewDoesNotEndAPeeringThatANewTokenHasBroughtBack() {
        Seeds.pass(
                Script.playing(
                        6091,
                        2,
                        2,
                        step(700, Kind.DELETE, 1, 54373, 44988),
                        step(9811, Kind.REDIS_CUT_OFF, 0, 64734, 38882),
                        step(25383, Kind.PAUSE, 0, 62136, 50590),
                        step(31065, Kind.PEER, 1, 26650, 43755)),
                Goal.LIVENESS);
    }

    private static Step step(long millis, Kind kind, int cluster, int which, int much) {
        return new Step(Duration.ofMillis(millis), kind, cluster, which, much);
    }
}
