package dev.entente.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.entente.boot.StoresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What pages read, over HTTP (protocol chapter 6.10). */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class PagesTest {
    private static final String UI = "/v1/internal/ui/";

    private static void register(String body) {
        given().body(body).put("/v1/catalog/register").then().statusCode(200);
    }

    private static void registerNode(String node, String service) {
        register("{\"Node\":\"" + node + "\",\"Address\":\"10.0.0.1\",\"Service\":{\"Service\":\"" + service
                + "\",\"Tags\":[\"b\",\"a\"]},\"Check\":{\"Name\":\"own\",\"Status\":\"warning\",\"ServiceID\":\""
                + service
                + "\"}}");
    }

    @Test
    void aServiceIsSummedUpWithTheChecksOfItsProxy() {
        registerNode("pages-1", "pages-web");
        register("{\"Node\":\"pages-1\",\"Address\":\"10.0.0.1\",\"Service\":{\"Service\":\"pages-web-proxy\","
                + "\"Kind\":\"connect-proxy\",\"Port\":1,\"Proxy\":{\"DestinationServiceName\":\"pages-web\"}},"
                + "\"Check\":{\"Name\":\"proxy\",\"Status\":\"passing\",\"ServiceID\":\"pages-web-proxy\"}}");

        given().get(UI + "services")
                .then()
                .statusCode(200)
                .header("X-Consul-Index", not("0"))
                .body("find { it.Name == 'pages-web' }.InstanceCount", equalTo(1))
                .body("find { it.Name == 'pages-web' }.ChecksPassing", equalTo(1))
                .body("find { it.Name == 'pages-web' }.ChecksWarning", equalTo(1))
                .body("find { it.Name == 'pages-web' }.Tags", contains("a", "b"))
                .body("find { it.Name == 'pages-web' }.ConnectedWithProxy", equalTo(true))
                .body("find { it.Name == 'pages-web-proxy' }.Kind", equalTo("connect-proxy"))
                .body("find { it.Name == 'pages-web-proxy' }.ChecksWarning", equalTo(0));
    }

    @Test
    void nodesAreShownWithServicesAndChecksAndNullForNoTags() {
        register("{\"Node\":\"pages-2\",\"Address\":\"10.0.0.1\",\"Service\":{\"Service\":\"pages-bare\"},"
                + "\"Check\":{\"Name\":\"own\"}}");

        given().get(UI + "nodes")
                .then()
                .statusCode(200)
                .body("find { it.Node == 'pages-2' }.Services[0].Tags", nullValue())
                .body("find { it.Node == 'pages-2' }.Checks[0].ServiceTags", nullValue());
        given().get(UI + "node/pages-2").then().statusCode(200).body("Services.Service", contains("pages-bare"));
        given().get(UI + "node/pages-none").then().statusCode(404).body(equalTo(""));
        given().get(UI + "node/pages-2?peer=pages-far").then().statusCode(404).body(equalTo(""));
        given().get(UI + "node/").then().statusCode(400).body(equalTo("Missing node name"));
        given().get(UI + "nodes?peer=pages-far").then().statusCode(200).body("$", hasSize(0));
        given().get(UI + "services?peer=pages-far").then().statusCode(200).body("$", hasSize(0));
    }

    @Test
    void aWaitingPageHearsOfANewService() throws Exception {
        String index = given().get(UI + "services").header("X-Consul-Index");
        CompletableFuture<Response> waiting =
                CompletableFuture.supplyAsync(() -> given().get(UI + "services?wait=30s&index=" + index));

        registerNode("pages-3", "pages-new");

        Response woken = waiting.get(20, TimeUnit.SECONDS);
        assertThat(Long.parseLong(woken.header("X-Consul-Index"))).isGreaterThan(Long.parseLong(index));
        woken.then().body("Name", hasItem("pages-new"));
    }

    @Test
    void aPeerSeesExactlyWhatIsExportedToIt() {
        given().body("{\"PeerName\":\"pages-peer\"}")
                .post("/v1/peering/token")
                .then()
                .statusCode(200);
        given().body("{\"Kind\":\"exported-services\",\"Name\":\"default\",\"Services\":[{\"Name\":\"pages-api\","
                        + "\"Consumers\":[{\"Peer\":\"pages-peer\"}]}]}")
                .put("/v1/config")
                .then()
                .statusCode(200);

        given().get(UI + "exported-services?peer=pages-peer")
                .then()
                .statusCode(200)
                .body("Name", contains("pages-api"))
                .body("[0].Datacenter", equalTo("dc1"))
                .body("[0].Nodes", nullValue());
        given().get(UI + "exported-services?peer=pages-none").then().body("$", hasSize(0));
        given().get(UI + "exported-services").then().statusCode(500).body(equalTo("must provide PeerName"));
    }

    @Test
    void aTopologyNamesWhoIsCalledAndWhoCalls() {
        registerNode("pages-4", "pages-front");
        registerNode("pages-4", "pages-back");
        register("{\"Node\":\"pages-4\",\"Address\":\"10.0.0.1\",\"Service\":{\"Service\":\"pages-front-proxy\","
                + "\"Kind\":\"connect-proxy\",\"Port\":1,\"Proxy\":{\"DestinationServiceName\":\"pages-front\","
                + "\"Upstreams\":[{\"DestinationName\":\"pages-back\",\"LocalBindPort\":2}]}}}");

        given().get(UI + "service-topology/pages-front?kind=")
                .then()
                .statusCode(200)
                .body("Protocol", equalTo("tcp"))
                .body("Upstreams.Name", contains("pages-back"))
                .body("Upstreams[0].Source", equalTo("proxy-registration"))
                .body("Upstreams[0].Intention.Allowed", equalTo(true));
        given().get(UI + "service-topology/pages-back?kind=")
                .then()
                .body("Downstreams.find { it.Name == 'pages-front' }.Source", equalTo("proxy-registration"));
        given().get(UI + "service-topology/pages-back").then().statusCode(400).body(equalTo("Missing service kind"));
        given().get(UI + "service-topology/pages-back?kind=mesh-gateway")
                .then()
                .statusCode(400)
                .body(equalTo("Unsupported service kind \"mesh-gateway\""));
    }

    @Test
    void aNameThatIsOnlyRoutedToIsANeighbourOfThisDatacenter() {
        registerNode("pages-6", "pages-caller");
        register("{\"Node\":\"pages-6\",\"Address\":\"10.0.0.1\",\"Service\":{\"Service\":\"pages-caller-proxy\","
                + "\"Kind\":\"connect-proxy\",\"Port\":1,\"Proxy\":{\"DestinationServiceName\":\"pages-caller\","
                + "\"Upstreams\":[{\"DestinationName\":\"pages-routed\",\"LocalBindPort\":2}]}}}");
        given().body(
                        "{\"Kind\":\"service-resolver\",\"Name\":\"pages-routed\",\"Redirect\":{\"Service\":\"pages-caller\"}}")
                .put("/v1/config")
                .then()
                .statusCode(200);

        given().get(UI + "service-topology/pages-caller?kind=")
                .then()
                .body("Upstreams.Name", contains("pages-routed"))
                .body("Upstreams[0].Source", equalTo("routing-config"))
                .body("Upstreams[0].Datacenter", equalTo("dc1"));
        given().delete("/v1/config/service-resolver/pages-routed").then().statusCode(200);
    }

    @Test
    void theOverviewCountsTheWorstOfEach() {
        registerNode("pages-5", "pages-counted");

        given().get(UI + "catalog-overview")
                .then()
                .statusCode(200)
                .body("Nodes[0].Total", greaterThanOrEqualTo(2))
                .body("Services.find { it.Name == 'pages-counted' }", hasEntry("Warning", 1))
                .header("X-Consul-Index", nullValue());
        given().get(UI + "catalog-overview?dc=nope").then().statusCode(500).body(equalTo("No path to datacenter"));
    }

    @Test
    void whatIsNotOfferedIsRefusedAsDocumented() {
        given().get(UI + "metrics-proxy/api/v1/query")
                .then()
                .statusCode(404)
                .body(equalTo("Metrics proxy is not enabled"));
        given().get(UI + "gateway-services-nodes/").then().statusCode(400).body(equalTo("Missing gateway name"));
        given().get(UI + "gateway-intentions/").then().statusCode(400).body(equalTo("Missing gateway name"));
        given().get(UI + "peerings").then().statusCode(404);
        given().put(UI + "services").then().statusCode(405).header("Allow", "OPTIONS,GET");
    }

    /** What an entry says of the protocol is part of the answer: who waits for the topology hears of it. */
    @Test
    void aTopologyChangesWithTheProtocolOfItsService() throws Exception {
        registerNode("pages-proto", "pages-proto");
        String path = UI + "service-topology/pages-proto?kind=";
        Response before = given().get(path);
        CompletableFuture<Response> waiting = CompletableFuture.supplyAsync(
                () -> given().get(path + "&wait=30s&index=" + before.header("X-Consul-Index")));

        given().body("{\"Kind\":\"service-defaults\",\"Name\":\"pages-proto\",\"Protocol\":\"http\"}")
                .put("/v1/config")
                .then()
                .statusCode(200);

        assertThat(before.jsonPath().getString("Protocol")).isEqualTo("tcp");
        assertThat(waiting.get(20, TimeUnit.SECONDS).jsonPath().getString("Protocol"))
                .isEqualTo("http");
        given().delete("/v1/config/service-defaults/pages-proto").then().statusCode(200);
    }

    @Test
    void aTopologyOfAGatewayTellsWhatItsListenersSpeak() {
        String path = UI + "service-topology/pages-in?kind=ingress-gateway";
        given().get(path).then().body("Protocol", equalTo("")).body("TransparentProxy", equalTo(false));

        given().body("{\"Kind\":\"ingress-gateway\",\"Name\":\"pages-in\",\"Listeners\":[{\"Port\":7001,"
                        + "\"Services\":[{\"Name\":\"pages-in-a\"}]}]}")
                .put("/v1/config")
                .then()
                .statusCode(200);
        given().get(path).then().body("Protocol", equalTo("tcp"));

        given().body("{\"Kind\":\"ingress-gateway\",\"Name\":\"pages-in\",\"Listeners\":[{\"Port\":7001,"
                        + "\"Protocol\":\"http\",\"Services\":[{\"Name\":\"*\"}]}]}")
                .put("/v1/config")
                .then()
                .statusCode(200);
        given().get(path).then().body("Protocol", equalTo("http"));
        given().delete("/v1/config/ingress-gateway/pages-in").then().statusCode(200);
    }
}
