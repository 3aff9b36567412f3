package dev.entente.domain.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceAddress;
import dev.entente.domain.catalog.Weights;
import dev.entente.domain.identity.RefusedException;
import dev.entente.rest.http.Re2Expressions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {
    private static final RegularExpressions EXPRESSIONS = new Re2Expressions();
    private static final Map<String, Selectors<?>> ROWS = Map.of(
            "node", CatalogSelectors.NODE,
            "service", CatalogSelectors.SERVICE,
            "check", CatalogSelectors.CHECK,
            "catalog", CatalogSelectors.CATALOG,
            "health", CatalogSelectors.HEALTH,
            "contents", CatalogSelectors.CONTENTS,
            "intention", IntentionSelectors.INTENTION);

    private static String complaint(String filter, Selectors<?> rows) {
        return Filter.compile(filter, rows, EXPRESSIONS).fold(accepted -> "accepted", refusal -> refusal.text());
    }

    @Test
    void everyCapturedComplaintIsOurs() throws Exception {
        List<String> differences = new ArrayList<>();
        int lines = 0;
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(FilterTest.class.getResourceAsStream("/http/filter-complaints.jsonl")),
                StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                JsonNode captured = new ObjectMapper().readTree(line);
                String filter = captured.get("filter").asText();
                String ours = complaint(filter, ROWS.get(captured.get("rows").asText()));
                if (!ours.equals(captured.get("complaint").asText())) {
                    differences.add(
                            filter + "\n  wanted " + captured.get("complaint").asText() + "\n  got    " + ours);
                }
                lines++;
            }
        }
        assertThat(differences).as(String.join("\n", differences)).isEmpty();
        assertThat(lines).isGreaterThan(70);
    }

    private static Row<Instance> instance() {
        Node node = new Node(
                "aaaa", "n1", "10.2.0.1", "dc1", Map.of("lan", "10.2.0.1"), Map.of("rack", "r1", "with space", "x"));
        Service service = new Service(
                "",
                "redis-1",
                "redis",
                List.of("primary", "v1"),
                "10.2.1.1",
                Map.of("wan", new ServiceAddress("203.0.113.1", 80)),
                Map.of("version", "4"),
                6379,
                "",
                Weights.DEFAULT,
                false,
                Proxy.NONE,
                Connect.NONE);
        List<Indexed<Check>> checks = List.of(
                new Indexed<>(check("serfHealth", Check.PASSING), 1, 1),
                new Indexed<>(check("own", Check.WARNING), 1, 1));
        return new Row<>("", "far", new Instance(new Indexed<>(node, 1, 1), new Indexed<>(service, 1, 1), checks));
    }

    private static Check check(String id, String status) {
        return new Check("n1", id, id, status, "", "out", "", "", List.of("t"), "ttl", "", "", 0, CheckDefinition.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Node.Node == n1 | true",
                "Node.Node == `n1` | true",
                "Node.Node != \"n1\" | false",
                "Node.PeerName == far and Service.PeerName == far and Checks.PeerName == far | true",
                "Node.Partition == \"\" | true",
                "Node.Meta.rack == r1 | true",
                "Node.Meta[\"with space\"] == x | true",
                "Node.Meta.none == x | false",
                "Node.Meta.none != x | true",
                "Node.Meta.none matches x | true",
                "Node.Meta.none contains x | false",
                "rack in Node.Meta | true",
                "rack not in Node.Meta | false",
                "Node.Meta is empty | false",
                "Node.Meta is not empty | true",
                "Service.Tags contains v1 | true",
                "Service.Tags contains v | false",
                "v1 not in Service.Tags | false",
                "Service.Tags is empty | false",
                "Service.Service contains edi | true",
                "edi in Service.Service | true",
                "Service.Port == 6379 | true",
                "Service.Port == \"0x18eb\" | true",
                "Service.Port == \"0b1100011101011\" | true",
                "Service.Port == \"6_379\" | true",
                "Service.Port != 6379 | false",
                "Service.Port == -1 | false",
                "Service.EnableTagOverride == F | true",
                "Service.Weights.Passing == 1 | true",
                "Service.TaggedAddresses.wan.Port == 80 | true",
                "Service.TaggedAddresses.lan.Port == 80 | false",
                "Service.TaggedAddresses.lan.Port != 80 | true",
                "Service.Proxy.Upstreams is empty | true",
                "Service.Proxy.Upstreams.DestinationName == x | false",
                "Service.Proxy.TransparentProxy.OutboundListenerPort == 0 | true",
                "Service.Proxy.MeshGateway.Mode == \"\" | true",
                "Checks.Status == warning | true",
                "Checks.Status == critical | false",
                "Checks.Status != passing | true",
                "not Checks.Status == passing | false",
                "passing in Checks.Status | true",
                "Checks is not empty | true",
                "Checks.ServiceTags contains t | true",
                "Node.Address matches \"^10[.]\" | true",
                "Node.Address matches \"2$\" | false",
                "Node.Address not matches \"2$\" | true",
                "Node.Node == n2 or Node.Node == n1 | true",
                "Node.Node == n2 or Node.Node == n1 and Service.Port == 1 | false",
                "(Node.Node == n1 or Node.Node == n2) and Service.Port == 1 | false",
                "not not Node.Node == n1 | true",
                "not (Node.Node == n2) | true",
                "Node.Node == \"n\\x31\" | true",
                "Node.Node == \"\\u006e\\061\" | true",
            })
    void anExpressionHoldsAsItsWordsSay(String filter, boolean expected) {
        Filter<Row<Instance>> compiled =
                Filter.compile(filter, CatalogSelectors.HEALTH, EXPRESSIONS).orThrow();

        assertThat(compiled.of(List.of(instance()))).hasSize(expected ? 1 : 0);
    }

    @Test
    void longRowsOfTermsAndModestNestingAreUnderstood() {
        String many = String.join(" or ", Collections.nCopies(1000, "Node == n1"));
        String nested = "(".repeat(60) + "Node == n1" + ")".repeat(60);

        assertThat(complaint(many, CatalogSelectors.NODE)).isEqualTo("accepted");
        assertThat(complaint(many.replace("or", "and"), CatalogSelectors.NODE)).isEqualTo("accepted");
        assertThat(complaint(nested, CatalogSelectors.NODE)).isEqualTo("accepted");
    }

    @Test
    void deepNestingAndLongTextAreRefusedAtOnce() {
        String deep = "(".repeat(8000) + "Node == n1" + ")".repeat(8000);
        String negated = "not ".repeat(4000) + "Node == n1";
        long start = System.nanoTime();

        assertThat(complaint(deep, CatalogSelectors.NODE)).isEqualTo("the expression is nested too deeply");
        assertThat(complaint("(".repeat(16_000), CatalogSelectors.NODE))
                .isEqualTo("the expression is nested too deeply");
        assertThat(complaint(negated, CatalogSelectors.NODE)).isEqualTo("the expression is nested too deeply");
        assertThat(complaint("x".repeat(16_385), CatalogSelectors.NODE))
                .isEqualTo("the expression is longer than 16384 characters");
        assertThat(complaint("x".repeat(16_384), CatalogSelectors.NODE)).contains("no match found");
        assertThat(complaint("Node == \"" + "x".repeat(16_000), CatalogSelectors.NODE))
                .contains("Unterminated");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aHostileExpressionTakesBoundedTime() {
        Filter<Row<Check>> evil = Filter.compile("Output matches \"(x+x+)+y\"", CatalogSelectors.CHECK, EXPRESSIONS)
                .orThrow();
        Row<Check> row = new Row<>("", "", check("c", Check.PASSING).withReport(Check.PASSING, "x".repeat(4096)));

        assertThat(evil.of(List.of(row))).isEmpty();
        assertThat(complaint("Output matches \"((a{100}){100}){100}\"", CatalogSelectors.CHECK))
                .contains("Failed to compile regular expression");
        assertThat(complaint("Output matches \"" + "a{1000}".repeat(60) + "\"", CatalogSelectors.CHECK))
                .contains("expression too large");
    }

    @Test
    void anEvaluationThatCostsTooMuchIsEnded() {
        Filter<Row<Check>> costly = Filter.compile(
                        "Output matches \"" + "(a|b)?".repeat(80) + "c\"", CatalogSelectors.CHECK, EXPRESSIONS)
                .orThrow();
        Row<Check> row = new Row<>("", "", check("c", Check.PASSING).withReport(Check.PASSING, "d".repeat(4096)));

        assertThatThrownBy(() -> costly.of(Collections.nCopies(10_000, row)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("take too long");
    }

    @Test
    void noTextBreaksTheParser() {
        String[] pieces = {
            "Node",
            "==",
            "!=",
            "(",
            ")",
            "\"",
            "`",
            "[",
            "]",
            ".",
            "not",
            "and",
            "or",
            "in",
            "is",
            "empty",
            "contains",
            "matches",
            " ",
            "\n",
            "-",
            "0",
            "12",
            "\\",
            "ñ",
            "\ud83d\ude00",
            "\ud83d",
            "Meta",
            "x"
        };
        SplittableRandom random = new SplittableRandom(17);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(12); j >= 0; j--) {
                text.append(pieces[random.nextInt(pieces.length)]).append(random.nextBoolean() ? " " : "");
            }
            assertThat(complaint(text.toString(), CatalogSelectors.NODE)).isNotEmpty();
        }
    }
}
