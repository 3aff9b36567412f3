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

    @Test
    void aNoticeThatIsRepeatedDoesNotEndTheNextLifeOfAPeering() {
        Seeds.pass(
                Script.playing(
                        1443,
                        3,
                        2,
                        step(7521, Kind.DELETE, 2, 8448, 27380),
                        step(30629, Kind.REDIS_CUT_OFF, 2, 51343, 7732),
                        step(35762, Kind.DELETE, 1, 65402, 14879),
                        step(36786, Kind.PEER, 2, 29855, 43988)),
                Goal.LIVENESS);
    }

    @Test
    void whatIsImportedBeforeTheReturnOfAPeeringIsSeenIsNotLost() {
        Seeds.pass(
                Script.playing(
                        7071,
                        2,
                        1,
                        step(2493, Kind.DELETE, 1, 34831, 63952),
                        step(3660, Kind.REDIS_CUT_OFF, 0, 37016, 18788),
                        step(5434, Kind.PEER, 0, 30483, 4317),
                        step(21846, Kind.PEER, 1, 15768, 18791)),
                Goal.LIVENESS);
    }

    /** Its first record named another life of the peer than the stream that lived. */
    @Test
    void aTokenOfAnEndedPeeringThatIsUsedLateDoesNotBreakTheOneThatLives() {
        Seeds.pass(
                Script.playing(
                        323857226582L,
                        2,
                        2,
                        step(6730, Kind.DELETE, 1, 46049, 134),
                        step(6941, Kind.PAUSE, 1, 6766, 13384),
                        step(6980, Kind.PEER, 0, 30924, 25366),
                        step(7102, Kind.DELETE, 0, 21230, 23250),
                        step(8716, Kind.PEER, 1, 52337, 13747)),
                Goal.LIVENESS);
    }

    /** It had been told to a replica that stood still, before the peer used another token. */
    @Test
    void aPeerThatPartedAndIsBackIsAdmittedThoughItsFarewellComesLate() {
        Seeds.pass(
                Script.playing(
                        41768,
                        2,
                        2,
                        step(13374, Kind.ESTABLISH, 0, 31817, 31069),
                        step(15404, Kind.TOKEN, 1, 14716, 54586),
                        step(24140, Kind.EXPORT, 1, 51503, 3897),
                        step(24383, Kind.CUT, 0, 6982, 60644),
                        step(24664, Kind.UNEXPORT, 0, 36480, 42796),
                        step(24759, Kind.FLIP, 0, 61325, 5516),
                        step(25002, Kind.REGISTER, 1, 56911, 12106),
                        step(25251, Kind.PAUSE, 0, 44155, 17314),
                        step(29163, Kind.WILDCARD, 0, 57460, 51739),
                        step(29338, Kind.TOKEN, 0, 14059, 23617),
                        step(34055, Kind.DELETE, 1, 38992, 38607),
                        step(34870, Kind.UNEXPORT, 1, 47648, 32449),
                        step(35221, Kind.WILDCARD, 1, 51135, 60704),
                        step(42730, Kind.ESTABLISH, 0, 31560, 57799)),
                Goal.LIVENESS);
    }

    @Test
    void aWriterThatWasHeldUpOverALossOfRedisBringsNothingBack() {
        Seeds.pass(
                Script.playing(
                        7428,
                        2,
                        2,
                        step(21960, Kind.PAUSE, 0, 28213, 63500),
                        step(22367, Kind.DELETE, 0, 5695, 43109),
                        step(24771, Kind.LOSE_REDIS, 0, 18772, 57543)),
                Goal.LIVENESS);
    }

    @Test
    void aDialerThatRestsFindsTheSecretOfATokenThatWasUsedBetweenTwoOthers() {
        Seeds.pass(
                Script.playing(
                        22278,
                        2,
                        2,
                        step(41195, Kind.WILDCARD, 0, 34249, 30060),
                        step(49010, Kind.BLOCK, 0, 20455, 30451),
                        step(50092, Kind.DELETE, 1, 40940, 38755),
                        step(50266, Kind.CUT, 0, 59318, 41461),
                        step(50422, Kind.TOKEN, 0, 49235, 46081),
                        step(50726, Kind.STOP, 0, 24089, 27173),
                        step(58413, Kind.FLIP, 1, 40101, 28652),
                        step(58471, Kind.PEER, 0, 60298, 33026),
                        step(58496, Kind.REDIS_AWAY, 1, 38838, 62916),
                        step(58638, Kind.PEER, 0, 59335, 59372),
                        step(58657, Kind.ESTABLISH, 0, 19349, 2656)),
                Goal.LIVENESS);
    }

    /** No fault of the engine: the leases were lost twice, and only the first loss excused that two streams lived. */
    @Test
    void twoStreamsAfterASecondLossOfTheLeasesAreNoFault() {
        Seeds.pass(
                Script.playing(
                        995,
                        2,
                        2,
                        step(14303, Kind.KILL_ALL_AND_LOSE_REDIS, 1, 8955, 21186),
                        step(14366, Kind.REDIS_CUT_OFF, 0, 63918, 49703),
                        step(15953, Kind.BLOCK, 1, 41627, 24739),
                        step(25080, Kind.LOSE_REDIS, 1, 17296, 50726),
                        step(25684, Kind.REDIS_CUT_OFF, 0, 48184, 1989)),
                Goal.LIVENESS);
    }

    @Test
    void aPauseThatIsOverBeforeItsTimerFiresDialsNoSecondTime() {
        Seeds.pass(
                Script.playing(
                        43499,
                        3,
                        2,
                        step(3526, Kind.KILL_ALL_AND_LOSE_REDIS, 0, 51660, 22910),
                        step(5588, Kind.PAUSE, 2, 33280, 10651),
                        step(11076, Kind.PAUSE, 2, 46294, 1074)),
                Goal.LIVENESS);
    }

    private static Step step(long millis, Kind kind, int cluster, int which, int much) {
        return new Step(Duration.ofMillis(millis), kind, cluster, which, much);
    }
}
