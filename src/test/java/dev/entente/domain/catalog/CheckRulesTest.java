package dev.entente.domain.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CheckRulesTest {
    private static final Duration TEN = Duration.ofSeconds(10);

    static Stream<Arguments> wrongDefinitions() {
        return Stream.of(
                Arguments.of(CheckDefinition.NONE, "TTL must be > 0 for TTL checks"),
                Arguments.of(ttl(TEN.negated()), "TTL must be > 0 for TTL checks"),
                Arguments.of(definition("", "", TEN, TEN, 0, 0, 0), "Interval and TTL cannot both be specified"),
                Arguments.of(
                        definition("http://x/", "", Duration.ZERO, Duration.ZERO, 0, 0, 0),
                        "Interval must be > 0 for Script, HTTP, H2PING, TCP, UDP or OSService checks"),
                Arguments.of(
                        definition("http://x/", "web", TEN, Duration.ZERO, 0, 0, 0),
                        "Interval cannot be set for Alias checks"),
                Arguments.of(
                        definition("", "web", Duration.ZERO, TEN, 0, 0, 0), "TTL must be not be set for Alias checks"),
                Arguments.of(definition("", "", Duration.ZERO, TEN, -1, 0, 0), "MaxOutputMaxSize must be positive"),
                Arguments.of(
                        definition("http://x/", "", TEN, Duration.ZERO, 0, 5, 3),
                        "FailuresBeforeWarning can't be higher than FailuresBeforeCritical"));
    }

    @ParameterizedTest
    @MethodSource("wrongDefinitions")
    void aWrongDefinitionIsNamed(CheckDefinition definition, String complaint) {
        assertThat(definition.complaint()).contains(complaint);
    }

    @Test
    void theTypeFollowsFromTheDefinition() {
        assertThat(CheckDefinition.NONE.type()).isEmpty();
        assertThat(ttl(TEN).type()).isEqualTo("ttl");
        assertThat(definition("http://x/", "", TEN, Duration.ZERO, 0, 0, 0).type())
                .isEqualTo("http");
        assertThat(definition("http://x/", "", Duration.ZERO, Duration.ZERO, 0, 0, 0)
                        .type())
                .isEmpty();
        assertThat(CheckDefinition.NONE.withTcp("a:1", TEN).type()).isEqualTo("tcp");
        assertThat(CheckDefinition.NONE.withAliasService("web").type()).isEqualTo("alias");
        assertThat(definition("", "web", TEN, Duration.ZERO, 0, 0, 0).complaint())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "1, 1ns",
        "1500, 1.5µs",
        "1000000, 1ms",
        "1500000000, 1.5s",
        "10000000000, 10s",
        "60000000000, 1m0s",
        "90000000000, 1m30s",
        "5400000000000, 1h30m0s",
        "-10000000000, -10s"
    })
    void durationsLookAsInGo(long nanos, String text) {
        assertThat(GoDuration.format(Duration.ofNanos(nanos))).isEqualTo(text);
    }

    @Test
    void theFirstResultCountsAtOnceAndLaterOnesWaitForTheirNumber() {
        CheckThresholds thresholds = new CheckThresholds(2, 2, 3, 2, 3);
        assertThat(shown(thresholds, "critical", "passing", "passing", "critical", "critical", "critical", "warning"))
                .containsExactly(
                        Optional.of("critical"),
                        Optional.empty(),
                        Optional.of("passing"),
                        Optional.empty(),
                        Optional.of("warning"),
                        Optional.of("critical"),
                        Optional.empty());
    }

    @Test
    void withoutThresholdsEveryResultCounts() {
        CheckThresholds thresholds = CheckThresholds.of(definition("http://x/", "", TEN, Duration.ZERO, 0, 0, 0));
        assertThat(shown(thresholds, "passing", "critical", "warning", "passing"))
                .containsExactly(
                        Optional.of("passing"),
                        Optional.of("critical"),
                        Optional.of("warning"),
                        Optional.of("passing"));
    }

    @Test
    void anAliasShowsTheWorstOfWhatItFollows() {
        CheckDefinition alias = CheckDefinition.NONE.withAliasService("web");
        assertThat(AliasRule.of(alias, List.of(), true)).isEqualTo(new AliasRule.Shown("passing", "No checks found."));
        assertThat(AliasRule.of(alias, List.of(check("a", "passing", "")), true))
                .isEqualTo(new AliasRule.Shown("passing", "All checks passing."));
        assertThat(AliasRule.of(
                        alias,
                        List.of(check("a", "warning", "hm"), check("b", "passing", ""), check("c", "critical", "no")),
                        true))
                .isEqualTo(new AliasRule.Shown("critical", "Aliased check \"c\" failing: no"));
        assertThat(AliasRule.of(alias, List.of(), false))
                .isEqualTo(new AliasRule.Shown("critical", "Service web could not be found on node "));
    }

    @Test
    void metadataHasRules() {
        Map<String, String> many = IntStream.range(0, 65).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v"));
        assertThat(MetaRules.complaint(many)).contains("Node metadata cannot contain more than 64 key/value pairs");
        assertThat(MetaRules.complaint(Map.of("", "v")))
                .contains("Couldn't load metadata pair ('', 'v'): Key cannot be blank");
        assertThat(MetaRules.complaint(Map.of("a b", "v")))
                .contains("Couldn't load metadata pair ('a b', 'v'): Key contains invalid characters");
        assertThat(MetaRules.complaint(Map.of("k".repeat(129), "v")).orElseThrow())
                .endsWith("Key is too long (limit: 128 characters)");
        assertThat(MetaRules.complaint(Map.of("k", "v".repeat(513))).orElseThrow())
                .endsWith("Value is too long (limit: 512 characters)");
        assertThat(MetaRules.complaint(Map.of("consul-foo", "v")))
                .contains("Couldn't load metadata pair ('consul-foo', 'v'): Key prefix 'consul-' is reserved for"
                        + " internal use");
        assertThat(MetaRules.serviceComplaint("mesh-gateway", Map.of("consul-wan-federation", "1")))
                .isEmpty();
        assertThat(MetaRules.serviceComplaint("", Map.of("consul-wan-federation", "1")))
                .isPresent();
    }

    @Test
    void addressesOfTheServicesOwnFamilyAreFilledIn() {
        Service web = new Service(
                "",
                "web",
                "web",
                List.of(),
                "10.1.0.2",
                Map.of("wan", new ServiceAddress("203.0.113.6", 81)),
                Map.of(),
                8081,
                "",
                Weights.DEFAULT,
                false,
                Proxy.NONE,
                Connect.NONE);
        ServiceAddress own = new ServiceAddress("10.1.0.2", 8081);
        assertThat(AddressFamilies.filled(web).taggedAddresses())
                .isEqualTo(Map.of("lan_ipv4", own, "wan_ipv4", own, "wan", new ServiceAddress("203.0.113.6", 81)));
        assertThat(AddressFamilies.isIpv6("2001:db8::1")).isTrue();
        assertThat(AddressFamilies.isIpv4("10.0.0.256")).isFalse();
        assertThat(AddressFamilies.isIpv6("host")).isFalse();
    }

    private static List<Optional<String>> shown(CheckThresholds thresholds, String... results) {
        CheckThresholds[] current = {thresholds};
        return Stream.of(results)
                .map(result -> {
                    CheckThresholds.Step step = current[0].after(result);
                    current[0] = step.next();
                    return step.status();
                })
                .toList();
    }

    private static Check check(String id, String status, String output) {
        return new Check("n", id, id, status, "", output, "web", "web", List.of(), "", "", "", 0, CheckDefinition.NONE);
    }

    static CheckDefinition ttl(Duration ttl) {
        return definition("", "", Duration.ZERO, ttl, 0, 0, 0);
    }

    private static CheckDefinition definition(
            String http, String alias, Duration interval, Duration ttl, int outputSize, int warning, int critical) {
        return new CheckDefinition(
                http,
                "",
                false,
                Map.of(),
                "",
                "",
                false,
                "",
                "",
                "",
                "",
                false,
                interval,
                outputSize,
                Duration.ZERO,
                Duration.ZERO,
                List.of(),
                "",
                "",
                "",
                false,
                "",
                alias,
                ttl,
                0,
                warning,
                critical);
    }
}
