package dev.entente.domain.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.config.ExportedServicesEntry.Consumer;
import dev.entente.domain.config.ExportedServicesEntry.ExportedService;
import dev.entente.domain.config.ServiceIntentionsEntry.HttpPermission;
import dev.entente.domain.config.ServiceIntentionsEntry.Permission;
import dev.entente.domain.config.ServiceIntentionsEntry.Source;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigRulesTest {
    private static final Consumer PEER = new Consumer("", "p");
    private static final HttpPermission NOTHING = http("", "", "", List.of(), List.of());

    static Stream<Arguments> faults() {
        return Stream.of(
                        exports(
                                row(exported("other"), "exported-services Name must be \"default\""),
                                row(
                                        exported("default", service("", PEER)),
                                        "Services[0]: service name cannot be empty"),
                                row(
                                        exported("default", service("web", PEER), service("api")),
                                        "Services[1]: must have at least one consumer"),
                                row(
                                        exported("default", service("web", new Consumer("q", "p"))),
                                        "Services[0].Consumers[0]: must define at most one of Peer or Partition"),
                                row(
                                        exported("default", service("web", PEER, new Consumer("", "*"))),
                                        "Services[0].Consumers[1]: exporting to all peers (wildcard) is not supported"),
                                row(
                                        exported("default", service("web", new Consumer("*", ""))),
                                        "Services[0].Consumers[0]: exporting to all partitions (wildcard) is not"
                                                + " supported"),
                                row(
                                        new ExportedServicesEntry(
                                                "default",
                                                List.of(),
                                                Map.of("k".repeat(129), "v", "l", "v".repeat(513))),
                                        "2 errors occurred:\n\t* Meta key \"" + "k".repeat(129)
                                                + "\" exceeds maximum length 128\n"
                                                + "\t* Meta value for key \"l\" exceeds maximum length 512\n\n")),
                        intentions(),
                        permissions())
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> intentions() {
        Permission permission = new Permission("allow", http("/x", "", "", List.of(), List.of()));
        return exports(
                row(entry("", allow("a")), "Name is required"),
                row(entry("web"), "At least one source is required"),
                row(entry("web", allow("")), "Sources[0].Name is required"),
                row(entry("we*", allow("a")), "Name: wildcard character '*' cannot be used with partial values"),
                row(
                        entry("web", allow("a*")),
                        "Sources[0].Name: wildcard character '*' cannot be used with partial values"),
                row(entry("web", source("a", "allow", "fa*")), "Sources[0].Peer: cannot use wildcard '*' in peer"),
                row(
                        entry("web", full("a", "allow", "consul", "", Map.of(), "p", "q")),
                        "Sources[0].Peer: cannot set Peer and Partition at the same time."),
                row(
                        entry("web", full("a", "allow", "", "d".repeat(513), Map.of(), "", "")),
                        "Sources[0].Description exceeds maximum length 512"),
                row(
                        entry("web", full("a", "allow", "", "", Map.of("k", "v"), "", "")),
                        "Sources[0].LegacyMeta must be omitted"),
                row(entry("web", source("a", "", "")), "Sources[0].Action must be set to 'allow' or 'deny'"),
                row(entry("web", source("a", "ALLOW", "")), "Sources[0].Action must be set to 'allow' or 'deny'"),
                row(
                        entry("web", l7("allow", permission)),
                        "Sources[0].Action must be omitted if Permissions are specified"),
                row(
                        entry("*", l7("", permission)),
                        "Sources[0].Permissions cannot be specified on intentions with wildcarded destinations"),
                row(
                        entry("web", full("a", "allow", "nope", "", Map.of(), "", "")),
                        "Sources[0].Type must be set to 'consul'"),
                row(entry("web", allow("a"), allow("a")), "Sources[1] defines \"a\" more than once"),
                row(
                        entry("web", source("a", "allow", "p"), source("a", "deny", "p")),
                        "Sources[1] defines peer(\"p\") \"a\" more than once"));
    }

    private static Stream<Arguments> permissions() {
        String http = "Sources[0].Permissions[0].HTTP";
        HeaderMatch unnamed = new HeaderMatch("", false, "x", "", "", "", false);
        HeaderMatch twice = new HeaderMatch("h", true, "x", "", "", "", false);
        HeaderMatch never = new HeaderMatch("h", false, "", "", "", "", true);
        return exports(
                row(
                        entry("web", l7("", new Permission("", NOTHING))),
                        "Sources[0].Permissions[0].Action must be set to 'allow' or 'deny'"),
                row(entry("web", l7("", new Permission("deny", null))), http + " is required"),
                row(with(NOTHING), http + " should not be empty"),
                row(with(http("x", "", "", List.of(), List.of())), http + ".PathExact doesn't start with '/': \"x\""),
                row(with(http("", "x", "", List.of(), List.of())), http + ".PathPrefix doesn't start with '/': \"x\""),
                row(
                        with(http("/x", "", "y", List.of(), List.of())),
                        http + " should only contain at most one of PathExact, PathPrefix, or PathRegex"),
                row(
                        with(http("", "", "", List.of(unnamed), List.of())),
                        http + ".Header[0] missing required Name field"),
                row(
                        with(http("", "", "", List.of(twice), List.of())),
                        http + ".Header[0] should only contain one of Present, Exact, Prefix, Suffix, or Regex"),
                row(
                        with(http("", "", "", List.of(never), List.of())),
                        http + ".Header[0] should only contain one of Present, Exact, Prefix, Suffix, or Regex"),
                row(
                        with(http("", "", "", List.of(), List.of("nope"))),
                        http + ".Methods contains an invalid method \"NOPE\""),
                row(
                        with(http("", "", "", List.of(), List.of("GET", "get"))),
                        http + ".Methods contains \"GET\" more than once"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void anEntryThatBreaksARuleIsRefusedWithItsText(ConfigEntry entry, String text) {
        assertThat((Object) entry.normalised()).isEqualTo(Outcome.refused(Refusal.invalid(text)));
    }

    @Test
    void namespacesOfExportedServicesAreDroppedAndDuplicatesStay() {
        ExportedService foreign = new ExportedService("web", "*", List.of(PEER, new Consumer("", "")));

        assertThat(exported("default", foreign, foreign).normalised())
                .isEqualTo(Outcome.accepted(exported(
                        "default",
                        service("web", PEER, new Consumer("", "")),
                        service("web", PEER, new Consumer("", "")))));
    }

    @Test
    void sourcesAreStoredByPrecedenceWithDefaultsAndWithoutLegacyFields() {
        Source legacy =
                new Source("a", "deny", List.of(), 1, "id", "", "d", Map.of(), Instant.EPOCH, Instant.EPOCH, "", "");

        ServiceIntentionsEntry stored = entry("web", source("*", "deny", "p"), allow("b"), allow("*"), legacy)
                .normalised()
                .orThrow();

        assertThat(stored.sources()).extracting(Source::name).containsExactly("b", "a", "*", "*");
        assertThat(stored.sources()).extracting(Source::precedence).containsExactly(9, 9, 8, 8);
        assertThat(stored.sources()).extracting(Source::type).containsOnly("consul");
        assertThat(stored.sources().get(1).legacyId()).isEmpty();
        assertThat(stored.sources().get(1).legacyCreateTime()).isNull();
    }

    @Test
    void methodsAreStoredInUpperCaseAndAStoredEntryStaysAsItIs() {
        ServiceIntentionsEntry stored =
                with(http("/x", "", "", List.of(), List.of("get"))).normalised().orThrow();

        assertThat(stored.sources().get(0).permissions().get(0).http().methods())
                .containsExactly("GET");
        assertThat(stored.normalised()).isEqualTo(Outcome.accepted(stored));
    }

    @ParameterizedTest
    @CsvSource({
        "web, api, '', 9",
        "web, api, far, 9",
        "web, api, *, 8",
        "web, *, '', 8",
        "web, *, *, 7",
        "*, api, '', 6",
        "*, api, *, 5",
        "*, *, '', 5",
        "*, *, *, 4"
    })
    void anExactDestinationCountsMoreThanAnExactSource(String destination, String source, String peer, int precedence) {
        assertThat(ServiceIntentionsRules.precedence(destination, source(source, "allow", peer)))
                .isEqualTo(precedence);
    }

    private static Stream<Arguments> exports(Arguments... rows) {
        return Stream.of(rows);
    }

    private static Arguments row(ConfigEntry entry, String text) {
        return Arguments.of(entry, text);
    }

    private static ExportedServicesEntry exported(String name, ExportedService... services) {
        return new ExportedServicesEntry(name, List.of(services), Map.of());
    }

    private static ExportedService service(String name, Consumer... consumers) {
        return new ExportedService(name, "", List.of(consumers));
    }

    private static ServiceIntentionsEntry entry(String name, Source... sources) {
        return new ServiceIntentionsEntry(name, List.of(sources), Map.of());
    }

    private static ServiceIntentionsEntry with(HttpPermission http) {
        return entry("web", l7("", new Permission("allow", http)));
    }

    private static HttpPermission http(
            String exact, String prefix, String regex, List<HeaderMatch> header, List<String> methods) {
        return new HttpPermission(exact, prefix, regex, header, methods);
    }

    private static Source allow(String name) {
        return source(name, "allow", "");
    }

    private static Source source(String name, String action, String peer) {
        return full(name, action, "", "", Map.of(), peer, "");
    }

    private static Source l7(String action, Permission permission) {
        return new Source("a", action, List.of(permission), 0, "", "", "", Map.of(), null, null, "", "");
    }

    private static Source full(
            String name,
            String action,
            String type,
            String description,
            Map<String, String> legacyMeta,
            String peer,
            String partition) {
        return new Source(name, action, List.of(), 0, "", type, description, legacyMeta, null, null, peer, partition);
    }
}
