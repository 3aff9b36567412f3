package dev.entente.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.entente.boot.StoresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pages read of gateways and of the services behind them, over HTTP (protocol chapter 6.10). */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class GatewayPagesTest {
    private static final String UI = "/v1/internal/ui/";
    private static final String NODE = "gwp-1";
    private static final String OTHER_NODE = "gwp-2";

    private static void register(String node, String service, String kind, String status) {
        given().body("{\"Node\":\"" + node + "\",\"Address\":\"10.0.0.1\",\"Service\":{\"Service\":\"" + service
                        + "\",\"Port\":80,\"Kind\":\"" + kind + "\"},\"Check\":{\"Name\":\"own\",\"CheckID\":\""
                        + service
                        + "\",\"Status\":\"" + status + "\",\"ServiceID\":\"" + service + "\"}}")
                .put("/v1/catalog/register")
                .then()
                .statusCode(200);
    }

    private static void write(String entry) {
        given().body(entry).put("/v1/config").then().statusCode(200);
    }

    private static void leadIngressTo(String... services) {
        StringBuilder listeners = new StringBuilder();
        for (int i = 0; i < services.length; i++) {
            listeners
                    .append(i == 0 ? "" : ",")
                    .append("{\"Port\":")
                    .append(9000 + i)
                    .append(",\"Protocol\":\"tcp\",\"Services\":[{\"Name\":\"")
                    .append(services[i])
                    .append("\"}]}");
        }
        write("{\"Kind\":\"ingress-gateway\",\"Name\":\"gwp-ingress\",\"Listeners\":[" + listeners + "]}");
    }

    @BeforeEach
    void twoGateways() {
        register(NODE, "gwp-web", "", "passing");
        register(OTHER_NODE, "gwp-web", "", "warning");
        register(NODE, "gwp-db", "", "critical");
        register(NODE, "gwp-ingress", "ingress-gateway", "passing");
        register(NODE, "gwp-term", "terminating-gateway", "passing");
        leadIngressTo("gwp-web");
        write("{\"Kind\":\"terminating-gateway\",\"Name\":\"gwp-term\",\"Services\":"
                + "[{\"Name\":\"gwp-db\"},{\"Name\":\"gwp-absent\"}]}");
    }

    /** Other tests read the same stores. */
    @AfterEach
    void leaveNothing() {
        given().delete("/v1/config/service-intentions/gwp-web").then().statusCode(200);
        given().delete("/v1/config/service-intentions/gwp-other").then().statusCode(200);
        given().delete("/v1/config/ingress-gateway/gwp-ingress").then().statusCode(200);
        given().delete("/v1/config/terminating-gateway/gwp-term").then().statusCode(200);
        for (String node : new String[] {NODE, OTHER_NODE}) {
            given().body("{\"Node\":\"" + node + "\"}")
                    .put("/v1/catalog/deregister")
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void theServicesBehindAnIngressGatewayComeWithTheAddressesThatItServesThemAt() {
        given().get(UI + "gateway-services-nodes/gwp-ingress")
                .then()
                .statusCode(200)
                .header("X-Consul-Index", not("0"))
                .body("Name", contains("gwp-web"))
                .body("[0].InstanceCount", equalTo(2))
                .body("[0].Nodes", contains(NODE, OTHER_NODE))
                .body("[0].ChecksPassing", equalTo(1))
                .body("[0].ChecksWarning", equalTo(1))
                .body("[0].GatewayConfig.Addresses", contains("gwp-web.ingress.dc1.consul:9000"));
    }

    @Test
    void behindATerminatingGatewayAlsoThoseWithoutAnInstanceAreNamed() {
        given().get(UI + "gateway-services-nodes/gwp-term")
                .then()
                .statusCode(200)
                .body("Name", contains("gwp-absent", "gwp-db"))
                .body("[0].InstanceCount", equalTo(0))
                .body("[0].Nodes", nullValue())
                .body("[0].Datacenter", equalTo(""))
                .body("[1].InstanceCount", equalTo(1))
                .body("[1].ChecksCritical", equalTo(1))
                .body("[1].GatewayConfig.Addresses", nullValue());
    }

    @Test
    void aGatewayWithoutAnEntryLeadsNowhere() {
        given().get(UI + "gateway-services-nodes/gwp-none")
                .then()
                .statusCode(200)
                .body("$", hasSize(0));
        given().get(UI + "gateway-services-nodes/").then().statusCode(400).body(equalTo("Missing gateway name"));
        given().get(UI + "gateway-intentions/gwp-none").then().statusCode(200).body("$", hasSize(0));
        given().get(UI + "gateway-intentions/").then().statusCode(400).body(equalTo("Missing gateway name"));
    }

    @Test
    void aWaitingPageHearsOfAServiceThatTheGatewayLeadsToNow() throws Exception {
        String index = given().get(UI + "gateway-services-nodes/gwp-ingress").header("X-Consul-Index");
        CompletableFuture<Response> waiting = CompletableFuture.supplyAsync(
                () -> given().get(UI + "gateway-services-nodes/gwp-ingress?wait=20s&index=" + index));

        leadIngressTo("gwp-web", "gwp-db");

        Response answer = waiting.get(10, TimeUnit.SECONDS);
        answer.then().body("Name", contains("gwp-db", "gwp-web"));
        assertThat(Long.parseLong(answer.header("X-Consul-Index"))).isGreaterThan(Long.parseLong(index));
    }

    @Test
    void theIntentionsOfAGatewayAreThoseForTheServicesBehindIt() {
        String rule = "{\"Kind\":\"service-intentions\",\"Name\":\"%s\",\"Sources\":"
                + "[{\"Name\":\"gwp-client\",\"Action\":\"deny\"}]}";
        write(rule.formatted("gwp-web"));
        write(rule.formatted("gwp-other"));

        given().get(UI + "gateway-intentions/gwp-ingress")
                .then()
                .statusCode(200)
                .body("DestinationName", contains("gwp-web"))
                .body("[0].SourceName", equalTo("gwp-client"))
                .body("[0].Action", equalTo("deny"));
        given().get(UI + "gateway-intentions/gwp-term").then().statusCode(200).body("$", hasSize(0));
    }

    @Test
    void theTopologyOfAnIngressGatewayShowsWhatItLeadsTo() {
        given().get(UI + "service-topology/gwp-ingress?kind=ingress-gateway")
                .then()
                .statusCode(200)
                .body("Protocol", equalTo("tcp"))
                .body("Upstreams.Name", contains("gwp-web"))
                .body("Upstreams[0].InstanceCount", equalTo(2))
                .body("Upstreams[0].Source", equalTo("proxy-registration"));
        given().get(UI + "service-topology/gwp-web?kind=")
                .then()
                .statusCode(200)
                .body("Downstreams.Name", hasItem("gwp-ingress"));
        given().get(UI + "service-topology/gwp-term?kind=terminating-gateway")
                .then()
                .statusCode(400)
                .body(equalTo("Unsupported service kind \"terminating-gateway\""));
    }

    /** Its config entry writes a copy of it. */
    @Test
    void aTerminatingGatewayWhoseEntryCameLaterHasEmptyTagsAndMetaUntilItIsRegisteredAgain() {
        String inPages = "Services.find { it.ID == 'gwp-term' }";
        given().get("/v1/health/service/gwp-term").then().body("[0].Service.Meta", equalTo(Map.of()));
        given().get(UI + "node/" + NODE)
                .then()
                .body(inPages + ".Meta", equalTo(Map.of()))
                .body(inPages + ".Tags", equalTo(List.of()));

        register(NODE, "gwp-term", "terminating-gateway", "passing");

        given().get("/v1/health/service/gwp-term").then().body("[0].Service.Meta", nullValue());
        given().get(UI + "node/" + NODE)
                .then()
                .body(inPages + ".Meta", nullValue())
                .body(inPages + ".Tags", nullValue());

        given().delete("/v1/config/terminating-gateway/gwp-term").then().statusCode(200);

        given().get("/v1/health/service/gwp-term")
                .then()
                .body("[0].Service.TaggedAddresses", nullValue())
                .body("[0].Service.Meta", nullValue());
    }

    /** A gateway out of the mesh is one of the ways to the service, and it is in no mode. */
    @Test
    void aServiceThatAGatewayLeadsToAsWellIsNotFullyTransparent() {
        given().body("{\"Node\":\"" + NODE + "\",\"Address\":\"10.0.0.1\",\"Service\":{\"Service\":\"gwp-db-proxy\","
                        + "\"Kind\":\"connect-proxy\",\"Port\":81,\"Proxy\":{\"DestinationServiceName\":\"gwp-db\","
                        + "\"Mode\":\"transparent\"}}}")
                .put("/v1/catalog/register")
                .then()
                .statusCode(200);

        given().get(UI + "service-topology/gwp-db?kind=").then().body("TransparentProxy", equalTo(false));
        given().delete("/v1/config/terminating-gateway/gwp-term").then().statusCode(200);
        given().get(UI + "service-topology/gwp-db?kind=").then().body("TransparentProxy", equalTo(true));
    }

    @Test
    void theListOfServicesCountsWhatAGatewayLeadsToAndMarksWhatIsBehindOne() {
        given().get(UI + "services")
                .then()
                .statusCode(200)
                .body("find { it.Name == 'gwp-ingress' }.GatewayConfig.AssociatedServiceCount", equalTo(1))
                .body("find { it.Name == 'gwp-term' }.GatewayConfig.AssociatedServiceCount", equalTo(2))
                .body("find { it.Name == 'gwp-web' }.ConnectedWithGateway", equalTo(true))
                .body("find { it.Name == 'gwp-web' }.ConnectedWithProxy", equalTo(false))
                .body("find { it.Name == 'consul' }.ConnectedWithGateway", equalTo(false));
    }

    /** A port that names a service goes on leading to it; what to do about the protocol is the operator's to see. */
    @Test
    void aServiceThatAPortNamesStaysBehindItWhenItComesToSpeakSomethingElse() {
        write("{\"Kind\":\"service-defaults\",\"Name\":\"gwp-web\",\"Protocol\":\"http\"}");

        given().get("/v1/catalog/gateway-services/gwp-ingress")
                .then()
                .body("Service.Name", contains("gwp-web"))
                .body("Protocol", contains("tcp"));
        given().get(UI + "gateway-services-nodes/gwp-ingress").then().body("Name", contains("gwp-web"));
        given().delete("/v1/config/service-defaults/gwp-web").then().statusCode(200);
    }

    @Test
    void whatAGatewayLeadsToIsAsNewAsTheLastWriteOfItsEntry() {
        leadIngressTo("gwp-web", "gwp-db");

        Response answer = given().get("/v1/catalog/gateway-services/gwp-ingress");
        List<Integer> created = answer.path("CreateIndex");
        List<Integer> modified = answer.path("ModifyIndex");
        assertThat(created).isEqualTo(modified);
    }
}
