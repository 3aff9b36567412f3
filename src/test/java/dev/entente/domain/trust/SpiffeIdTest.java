package dev.entente.domain.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.identity.TrustDomain;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names in identities: whoever reads one finds the name for which it was made. */
class SpiffeIdTest {
    private static final String BEFORE = "spiffe://x.consul/ns/default/dc/dc1/svc/";

    @ParameterizedTest
    @CsvSource({
        "web, web",
        "we b, we%20b",
        "*, %2A",
        "é, %C3%A9",
        "web?x, web%3Fx",
        "web#x, web%23x",
        "a%2Fb, a%252Fb",
        "a[b, a%5Bb",
        "a:b@;=&+, a:b@;=&+",
        "A_b.c~, A_b.c~"
    })
    void aNameIsWrittenAsAPartOfAPathAndReadBack(String name, String written) {
        assertThat(SpiffeId.pathOf(name)).isEqualTo(written);
        assertThat(SpiffeId.parse(BEFORE + written))
                .contains(new SpiffeId.Service(new TrustDomain("x.consul"), "default", "default", "dc1", name));
    }

    @Test
    void aSlashMakesNoIdentityUnlessItIsWrittenAsABytePartOfAName() {
        assertThat(SpiffeId.parse(BEFORE + SpiffeId.pathOf("a/b"))).isEmpty();
        assertThat(SpiffeId.parse(BEFORE + "a%2Fb"))
                .map(id -> ((SpiffeId.Service) id).service())
                .isEqualTo(Optional.of("a/b"));
    }
}
