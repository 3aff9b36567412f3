package dev.entente.rest.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.config.ServiceIntentionsEntry.Source;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.intention.Intention;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The digests are those that a server of the 1.14 development line gave. */
class LegacyHashTest {

    @Test
    void anIntentionHasTheDigestThatTheReferenceGaveIt() {
        assertThat(LegacyHash.of(intention("6faabb78-96cd-24d5-a4d6-2cfc27c37ba2", "l1", "allow", "", Map.of())))
                .isEqualTo("ZDph/ImdROLPp0Nu7PsyopTx3mhRBKNUJffUJVg1hCY=");
    }

    @Test
    void descriptionAndMetaCount() {
        assertThat(LegacyHash.of(
                        intention("228de091-e0c6-e09e-139b-4579eaffe34e", "l2", "deny", "two", Map.of("k", "v"))))
                .isEqualTo("t0CVqxuTHxW4qBycM54GBuPSSU1CsSaZCcI/P18X4lo=");
    }

    private static Intention intention(
            String id, String source, String action, String description, Map<String, String> meta) {
        return new Intention(
                PartitionName.DEFAULT,
                new Source(source, action, List.of(), 9, id, "consul", description, meta, null, null, "", ""),
                "legacy",
                meta,
                1,
                1);
    }
}
