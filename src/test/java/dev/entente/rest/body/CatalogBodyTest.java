package dev.entente.rest.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CatalogBodyTest {
    private static byte[] withCheck(String members) {
        return ("{\"Node\":\"n\",\"Address\":\"10.0.0.1\",\"Check\":{\"Name\":\"c\"," + members + "}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aDefinitionMayHaveMembersOfLaterReleases() {
        assertThat(CatalogBody.register(withCheck("\"Definition\":{\"TCP\":\"a:1\",\"TCPUseTLS\":true}"))
                        .toString())
                .contains("a:1");
    }

    @Test
    void anyOtherUnknownMemberIsRefused() {
        assertThatThrownBy(() -> CatalogBody.register(withCheck("\"TCPUseTLS\":true")))
                .hasMessageContaining("json: unknown field \"TCPUseTLS\"");
    }
}
