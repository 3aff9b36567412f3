package dev.entente.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FreshValuesTest {
    private final FreshValues fresh = new FreshValues();

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void aValueIsFoundByItsBytesOnce() {
        Object value = new Object();
        fresh.add(bytes("one"), value);
        fresh.add(bytes("other"), new Object());

        assertThat(fresh.take(bytes("none"))).isEmpty();
        assertThat(fresh.take(bytes("one"))).containsSame(value);
        assertThat(fresh.take(bytes("one"))).isEmpty();
    }

    @Test
    void bytesOfTheSameHashAreTold() {
        // Both have the hash of Arrays: 31 * (31 + 'A') + 'a' and 31 * (31 + 'B') + 'B'.
        fresh.add(bytes("Aa"), "Aa");

        assertThat(fresh.take(bytes("BB"))).isEmpty();
        assertThat(fresh.take(bytes("Aa"))).contains("Aa");
    }

    @Test
    void onlyTheNewestAreHeld() {
        for (int n = 0; n < 9; n++) {
            fresh.add(bytes("value " + n), n);
        }

        assertThat(fresh.take(bytes("value 0"))).isEmpty();
        assertThat(fresh.take(bytes("value 1"))).contains(1);
        assertThat(fresh.take(bytes("value 8"))).contains(8);
    }
}
