package dev.entente.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutsideFamiliesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/kv/a/b",
                "/v1/session/create",
                "/v1/event/list",
                "/v1/txn",
                "/v1/query",
                "/v1/snapshot",
                "/v1/operator/raft/configuration",
                "/v1/operator/keyring"
            })
    void aFamilyOutsideThisProductIsNamedInOneSentence(String path) {
        assertThat(OutsideFamilies.sentence(path))
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .endsWith(" are not part of Entente\n")
                        .matches("(?s)[^\n]*\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/kvx", "/v1/agent/self", "/v1/queryx", "/kv"})
    void otherPathsAreNot(String path) {
        assertThat(OutsideFamilies.sentence(path)).isEmpty();
    }
}
