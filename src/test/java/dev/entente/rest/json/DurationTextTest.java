package dev.entente.rest.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "10s, PT10S",
        "1m30s, PT1M30S",
        "0.3s, PT0.3S",
        "300000us, PT0.3S",
        "1.5h, PT1H30M",
        "-1s, PT-1S",
        "0, PT0S",
        "300000000ns, PT0.3S",
        ".5s, PT0.5S",
        "5.s, PT5S"
    })
    void whatGoReadsIsRead(String text, Duration duration) {
        assertThat(DurationText.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "10", "1d", "1m30", " ", "1.5.s", "-", "s", "99999999999s"})
    void whatGoRefusesIsRefused(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
    }
}
