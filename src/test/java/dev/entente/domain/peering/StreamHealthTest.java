package dev.entente.domain.peering;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamHealthTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private static @Nullable Instant ago(@Nullable Integer seconds) {
        return seconds == null ? null : NOW.minusSeconds(seconds);
    }

    private static boolean isHealthy(StreamStatus status) {
        return StreamHealth.of(status, NOW).orElseThrow();
    }

    @Test
    void aPeeringThatNeverHadAStreamIsNeither() {
        assertThat(StreamHealth.of(StreamStatus.NONE, NOW)).isEmpty();
    }

    /** Columns: connected, and how many seconds ago it ended, was acknowledged, refused, had stored and had refused something. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                true,  -,   -,   -,   -,   -,   true
                true,  -,   300, -,   300, -,   true
                false, 60,  -,   -,   -,   -,   true
                false, 120, -,   -,   -,   -,   true
                false, 121, -,   -,   -,   -,   false
                false, -,   -,   -,   10,  -,   false
                true,  -,   60,  30,  -,   -,   true
                true,  -,   121, 30,  -,   -,   false
                true,  -,   121, 200, -,   -,   true
                true,  -,   -,   30,  -,   -,   false
                true,  -,   -,   -,   300, 60,  true
                true,  -,   -,   -,   300, 121, false
                true,  -,   -,   -,   100, 121, true
                true,  -,   -,   -,   -,   121, false
            """)
    void eachRuleHasItsTwoMinutes(
            boolean connected,
            @Nullable Integer ended,
            @Nullable Integer ack,
            @Nullable Integer nack,
            @Nullable Integer stored,
            @Nullable Integer refused,
            boolean healthy) {
        StreamStatus status = new StreamStatus(
                connected,
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                ago(ack),
                ago(nack),
                ago(ended),
                ago(stored),
                ago(refused),
                null);

        assertThat(isHealthy(status)).isEqualTo(healthy);
    }

    @Test
    void whatADeadReplicaLeftCountsFromItsLastSign() {
        StreamStatus left = new StreamStatus(false, "gone", null, null, ago(100), ago(130), ago(400), ago(400), null);

        assertThat(isHealthy(left)).isTrue();
        assertThat(StreamHealth.of(left, NOW.plusSeconds(21))).contains(false);
    }
}
