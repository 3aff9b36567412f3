package dev.entente.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.contract.ConfigEntrySamples;
import dev.entente.domain.config.ConfigEntry;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PayloadsTest {
    static Stream<ConfigEntry> entries() {
        return ConfigEntrySamples.ofAllKinds();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void anEntryIsReadAsItWasWritten(ConfigEntry entry) {
        assertThat(Payloads.read(Payloads.write(entry), ConfigEntry.class)).isEqualTo(entry);
    }
}
