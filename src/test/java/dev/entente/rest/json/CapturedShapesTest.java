package dev.entente.rest.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.domain.config.ServiceIntentionsEntry.Source;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.intention.Intentions;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.PeeringState;
import dev.entente.domain.peering.Remote;
import dev.entente.domain.peering.StreamStatus;
import dev.entente.engine.peering.Peerings.Shown;
import dev.entente.engine.view.NodeContents;
import dev.entente.rest.json.AgentHealthJson.ServiceHealth;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each writer gives byte for byte what a real server gave for the same things. */
class CapturedShapesTest {
    private static final Origin LOCAL = new Origin(PartitionName.DEFAULT, null);
    private static final Origin IMPORTED = new Origin(PartitionName.DEFAULT, new PeerName("to-acceptor"));
    private static final AgentServiceJson AGENT = new AgentServiceJson(PartitionName.DEFAULT, "dc1");

    @Test
    void healthOfLocalInstancesLooksAsCaptured() {
        List<Instance> instances = instances("health-service-web.json");

        assertWritten(InstanceJson.health(LOCAL).apply(instances), "health-service-web.json");
    }

    @Test
    void healthOfImportedInstancesNamesThePeer() {
        List<Instance> instances = instances("health-service-web-imported.json");

        assertWritten(InstanceJson.health(IMPORTED).apply(instances), "health-service-web-imported.json");
    }

    @Test
    void theFlatFormOfTheCatalogLooksAsCaptured() {
        List<Instance> instances = instances("health-service-web.json");

        assertWritten(InstanceJson.catalog(LOCAL, instances), "catalog-service-web.json");
    }

    @Test
    void aNameThatMatchesNoIntentionHasNull() {
        byte[] written = IntentionJson.matches(new TreeMap<>(Map.of("web", List.of())));

        assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo("{\"web\":null}");
    }

    @Test
    void aNodeWithoutServicesHasNullInTheirPlace() {
        Node bare = new Node("", "n", "10.0.0.1", "dc1", Map.of(), Map.of());

        byte[] written = NodeContentsJson.list(
                LOCAL, Optional.of(new NodeContents(new Indexed<>(bare, 1, 1), List.of(), List.of())));

        assertThat(new String(written, StandardCharsets.UTF_8)).endsWith("\"Services\":null}");
    }

    @Test
    void theDefinitionOfACheckOfTheCatalogIsShownWhateverItsType() {
        CheckDefinition alias = CheckDefinition.NONE.withAliasService("web");
        Check check = new Check("n", "c", "c", "passing", "", "", "", "", List.of(), alias.type(), "10s", "", 0, alias);

        byte[] written = CheckJson.list(LOCAL, List.of(new Indexed<>(check, 1, 1)));

        assertThat(new String(written, StandardCharsets.UTF_8)).contains("\"Definition\":{\"AliasService\":\"web\"}");
    }

    @Test
    void anAgentShowsTheProxyOfKindsThatHaveOne() {
        assertThat(agent("connect-proxy")).contains("\"Proxy\":");
        assertThat(agent("ingress-gateway")).contains("\"Proxy\":");
        assertThat(agent("")).doesNotContain("\"Proxy\":");
        assertThat(agent("other")).doesNotContain("\"Proxy\":");
    }

    private static String agent(String kind) {
        Service typical = Service.typical("a", "a", 1);
        Service service = new Service(
                kind,
                typical.id(),
                typical.name(),
                typical.tags(),
                typical.address(),
                typical.taggedAddresses(),
                typical.meta(),
                typical.port(),
                typical.socketPath(),
                typical.weights(),
                typical.enableTagOverride(),
                typical.proxy(),
                typical.connect());
        return new String(AGENT.byId(List.of(service)), StandardCharsets.UTF_8);
    }

    @Test
    void nodesLookAsCaptured() {
        assertWritten(
                NodeJson.list(
                        LOCAL,
                        Captured.items("catalog-nodes.json").stream()
                                .map(Captured::node)
                                .toList()),
                "catalog-nodes.json");
    }

    @Test
    void aNodeWithItsServicesLooksAsCaptured() {
        JsonNode shown = Captured.tree("catalog-node-ext.json");
        List<Indexed<Service>> services = new ArrayList<>();
        shown.get("Services").forEach(service -> services.add(Captured.service(service)));
        NodeContents contents = new NodeContents(Captured.node(shown.get("Node")), services, List.of());

        assertWritten(NodeContentsJson.byId(LOCAL, Optional.of(contents)), "catalog-node-ext.json");
        assertThat(text(NodeContentsJson.byId(LOCAL, Optional.empty()))).isEqualTo("null");
        assertThat(text(NodeContentsJson.list(LOCAL, Optional.empty()))).isEqualTo("{\"Node\":null,\"Services\":null}");
    }

    @Test
    void servicesOfTheAgentLookAsCaptured() {
        List<Service> services = Captured.items("agent-services.json").stream()
                .map(shown -> Captured.service(shown).value())
                .toList();

        assertWritten(AGENT.byId(services), "agent-services.json");
    }

    @Test
    void checksOfTheAgentLookAsCaptured() {
        List<Check> checks = Captured.items("agent-checks.json").stream()
                .map(shown -> Captured.check(shown).value())
                .toList();

        assertWritten(AgentHealthJson.checksById(PartitionName.DEFAULT, checks), "agent-checks.json");
    }

    @Test
    void theAgentsWordOnHealthLooksAsCaptured() {
        List<ServiceHealth> healths = Captured.items("agent-health-name.json").stream()
                .map(CapturedShapesTest::health)
                .toList();

        assertWritten(AgentHealthJson.list(AGENT, healths), "agent-health-name.json");
        assertThat(text(AgentHealthJson.one(AGENT, Optional.empty())))
                .isEqualTo("{\"AggregatedStatus\":\"critical\",\"Service\":null,\"Checks\":null}");
    }

    @Test
    void aServiceWithoutChecksHasAnEmptyListOfThem() {
        Service service = Service.typical("web", "web", 80);

        assertThat(text(AgentHealthJson.one(AGENT, Optional.of(new ServiceHealth("passing", service, List.of())))))
                .startsWith("{\"AggregatedStatus\":\"passing\",\"Service\":{")
                .endsWith(",\"Checks\":[]}");
    }

    @Test
    void aPeeringWithoutStreamLooksAsCaptured() {
        JsonNode shown = Captured.tree("peering-pending.json");
        StreamStatus none = new StreamStatus(false, null, null, null, null, null, null, null, null);

        assertWritten(PeeringJson.one(peering(shown, PeeringState.PENDING, none)), "peering-pending.json");
    }

    @Test
    void aPeeringThatDialsLooksAsCaptured() {
        JsonNode shown = Captured.tree("peering-active.json");
        JsonNode status = shown.get("StreamStatus");
        StreamStatus live = new StreamStatus(
                true,
                null,
                List.of("api", "web"),
                List.of("db"),
                null,
                Instant.parse(status.get("LastReceive").asText()),
                Instant.parse(status.get("LastSend").asText()),
                null,
                null);

        assertWritten(PeeringJson.one(peering(shown, PeeringState.ACTIVE, live)), "peering-active.json");
        assertWritten(
                PeeringJson.one(peering(shown, PeeringState.ACTIVE, live.withholding(List.of()))),
                "peering-active.json");
        String withholding =
                text(PeeringJson.one(peering(shown, PeeringState.ACTIVE, live.withholding(List.of("web", "db")))));
        assertThat(withholding).contains(",\"WithheldServices\":[\"db\",\"web\"]}");
    }

    @Test
    void intentionsLookAsCaptured() {
        ServiceIntentionsEntry entry = intentions();
        Indexed<ServiceIntentionsEntry> stored = new Indexed<>(entry, 43, 43);

        assertWritten(
                IntentionJson.list(
                        Intentions.of(PartitionName.DEFAULT, List.of(stored)).all()),
                "intentions.json");
        assertWritten(
                ConfigEntryJson.one(PartitionName.DEFAULT, new Indexed<>(entry, 43, 43)), "service-intentions.json");
    }

    @Test
    void textsAreEscapedAndIndentedAsGoDoes() {
        byte[] json = Json.object(each -> each.text("a", "x => <y> & \u2028 \u0001 \b \u00e9")
                .texts("b", List.of())
                .texts("c", List.of("d")));

        assertThat(text(json))
                .isEqualTo(
                        "{\"a\":\"x =\\u003e \\u003cy\\u003e \\u0026 \\u2028 \\u0001 \\b \u00e9\",\"b\":[],\"c\":[\"d\"]}");
        assertThat(text(Indented.of(json))).endsWith("    \"b\": [],\n    \"c\": [\n        \"d\"\n    ]\n}\n");
    }

    private static ServiceIntentionsEntry intentions() {
        Source source =
                new Source("db", "allow", List.of(), 9, "", "consul", "", Map.of(), null, null, "to-dialer", "");
        return new ServiceIntentionsEntry("api", List.of(source), Map.of());
    }

    private static ServiceHealth health(JsonNode shown) {
        List<Check> checks = new ArrayList<>();
        shown.get("Checks").forEach(check -> checks.add(Captured.check(check).value()));
        return new ServiceHealth(
                shown.get("AggregatedStatus").asText(),
                Captured.service(shown.get("Service")).value(),
                checks);
    }

    private static Shown peering(JsonNode shown, PeeringState state, StreamStatus status) {
        List<String> pems = new ArrayList<>();
        shown.path("PeerCAPems").forEach(pem -> pems.add(pem.asText()));
        List<String> addresses = new ArrayList<>();
        shown.path("PeerServerAddresses").forEach(address -> addresses.add(address.asText()));
        Peering peering = new Peering(
                new PeeringId(shown.get("ID").asText()),
                PartitionName.DEFAULT,
                new PeerName(shown.get("Name").asText()),
                state,
                null,
                Map.of("env", "test"),
                shown.path("PeerID").asText(""),
                pems,
                shown.path("PeerServerName").asText(""),
                addresses,
                new Remote("", shown.at("/Remote/Datacenter").asText()));
        return new Shown(
                new Indexed<>(
                        peering,
                        shown.get("CreateIndex").asLong(),
                        shown.get("ModifyIndex").asLong()),
                status);
    }

    private static List<Instance> instances(String name) {
        return Captured.items(name).stream().map(Captured::instance).toList();
    }

    private static void assertWritten(byte[] written, String captured) {
        assertThat(text(written)).isEqualTo(Captured.text(captured));
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
