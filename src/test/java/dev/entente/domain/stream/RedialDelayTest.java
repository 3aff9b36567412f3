package dev.entente.domain.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedialDelayTest {

    @ParameterizedTest(name = "code {0}, attempt {1}: {2} ms")
    @CsvSource({
        "9, 1, 8",
        "9, 5, 8",
        "9, 6, 16",
        "9, 7, 32",
        "9, 15, 8192",
        "9, 16, 8192",
        "9, 1000, 8192",
        "8, 1, 8192",
        "8, 50, 8192",
        "14, 1, 2000",
        "14, 2, 4000",
        "2, 3, 8000",
        "13, 8, 256000",
        "7, 9, 256000",
        "3, 1000, 256000"
    })
    void theWaitFollowsTheTable(int code, int attempt, long milliseconds) {
        assertThat(RedialDelay.after(code, attempt)).isEqualTo(Duration.ofMillis(milliseconds));
    }
}
