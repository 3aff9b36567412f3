package dev.entente.domain.peering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MetaTagsTest {
    static Stream<Arguments> faults() {
        String pair = "Couldn't load metadata pair ('";
        return Stream.of(
                Arguments.of(many(65), "Node metadata cannot contain more than 64 key/value pairs"),
                Arguments.of(Map.of("", "v"), pair + "', 'v'): Key cannot be blank"),
                Arguments.of(Map.of("a b", "v"), pair + "a b', 'v'): Key contains invalid characters"),
                Arguments.of(
                        Map.of("k".repeat(129), "v"),
                        pair + "k".repeat(129) + "', 'v'): Key is too long (limit: 128 characters)"),
                Arguments.of(
                        Map.of("consul-x", "v"),
                        pair + "consul-x', 'v'): Key prefix 'consul-' is reserved for internal use"),
                Arguments.of(
                        Map.of("k", "v".repeat(513)),
                        pair + "k', '" + "v".repeat(513) + "'): Value is too long (limit: 512 characters)"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void metaThatBreaksARuleIsRefusedWithItsText(Map<String, String> meta, String fault) {
        assertThat(MetaTags.checked(meta))
                .isEqualTo(Outcome.refused(Refusal.invalid("meta tags failed validation: " + fault)));
    }

    @Test
    void metaAtAllLimitsIsAccepted() {
        Map<String, String> meta = many(64);
        assertThat(MetaTags.checked(meta)).isEqualTo(Outcome.accepted(meta));
        assertThat(MetaTags.checked(Map.of("k".repeat(128), "v".repeat(512)))).isInstanceOf(Outcome.Accepted.class);
    }

    private static Map<String, String> many(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v"));
    }
}
