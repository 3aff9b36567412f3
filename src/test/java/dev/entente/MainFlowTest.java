package dev.entente;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entente.boot.StoresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The rooms together, as a client meets them: over HTTP, on the real stores. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class MainFlowTest {

    private static void register(String query, String name, String check) {
        given().body("{\"Name\":\"" + name + "\",\"Port\":80,\"Check\":{\"CheckID\":\"" + check
                        + "\",\"TTL\":\"10m\",\"Status\":\"passing\"}}")
                .put("/v1/agent/service/register" + query)
                .then()
                .statusCode(200);
    }

    @Test
    void aWriteIsReadAtOnceAndADeregistrationToo() {
        register("", "flow-a", "flow-a");
        given().get("/v1/health/service/flow-a?passing")
                .then()
                .statusCode(200)
                .body("Service.ID", hasItem("flow-a"))
                .body("[0].Checks.CheckID", hasItem("serfHealth"));

        given().put("/v1/agent/service/deregister/flow-a").then().statusCode(200);

        given().get("/v1/health/service/flow-a").then().body("$", hasSize(0));
        given().get("/v1/catalog/services").then().body("flow-a", nullValue());
    }

    @Test
    void aBlockingReaderHearsOfAFailingCheckAndNotOfAnotherService() throws Exception {
        register("", "flow-b", "flow-b");
        register("", "flow-c", "flow-c");
        String index = given().get("/v1/health/service/flow-b").header("X-Consul-Index");
        CompletableFuture<Response> waiting =
                CompletableFuture.supplyAsync(() -> given().get("/v1/health/service/flow-b?wait=30s&index=" + index));

        given().put("/v1/agent/check/fail/flow-c").then().statusCode(200);
        given().put("/v1/agent/check/fail/flow-b?note=down").then().statusCode(200);

        Response woken = waiting.get(20, TimeUnit.SECONDS);
        assertThat(Long.parseLong(woken.header("X-Consul-Index"))).isGreaterThan(Long.parseLong(index));
        woken.then().body("[0].Checks.find { it.CheckID == 'flow-b' }.Status", equalTo("critical"));
    }

    @Test
    void aPartitionHasItsOwnCatalogAndSaysSoInItsAnswers() {
        given().body("{\"Name\":\"team\"}").put("/v1/partition").then().statusCode(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> given().get("/v1/catalog/services?partition=team")
                        .then()
                        .statusCode(200));
        given().body("{\"Node\":\"t1\",\"Address\":\"10.0.0.1\",\"Service\":{\"Service\":\"only-here\"}}")
                .put("/v1/catalog/register?partition=team")
                .then()
                .statusCode(200);

        given().get("/v1/health/service/only-here?partition=team")
                .then()
                .body("[0].Node.Partition", equalTo("team"))
                .body("[0].Service.Service", equalTo("only-here"));
        given().get("/v1/health/service/only-here").then().body("$", hasSize(0));
        given().get("/v1/catalog/nodes").then().body("Partition", not(hasItem(notNullValue())));
        given().get("/v1/health/service/x?partition=nobody").then().statusCode(400);
    }

    @Test
    void aTokenNamesItsPartitionAndANewOneKeepsThePeering() throws IOException {
        String first = given().body("{\"PeerName\":\"flow-peer\",\"Meta\":{\"env\":\"test\"}}")
                .post("/v1/peering/token")
                .then()
                .statusCode(200)
                .extract()
                .path("PeeringToken");
        String id = given().get("/v1/peering/flow-peer")
                .then()
                .body("State", equalTo("PENDING"))
                .body("Meta.env", equalTo("test"))
                .extract()
                .path("ID");
        String second = given().body("{\"PeerName\":\"FLOW-peer\"}")
                .post("/v1/peering/token")
                .then()
                .statusCode(200)
                .extract()
                .path("PeeringToken");

        JsonNode a = new ObjectMapper().readTree(Base64.getDecoder().decode(first));
        JsonNode b = new ObjectMapper().readTree(Base64.getDecoder().decode(second));
        assertThat(a.get("PeerID").asText()).isEqualTo(b.get("PeerID").asText()).isEqualTo(id);
        assertThat(a.get("EstablishmentSecret")).isNotEqualTo(b.get("EstablishmentSecret"));
        assertThat(a.get("ServerName").asText())
                .startsWith("server.dc1.peering.")
                .endsWith(".consul");

        given().delete("/v1/peering/flow-peer").then().statusCode(200).body(is(""));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> given().get("/v1/peering/flow-peer").then().statusCode(404));
    }

    @Test
    void anEstablishToTheSameClusterIsRefusedAndLeavesNothing() {
        String token = given().body("{\"PeerName\":\"flow-self\"}")
                .post("/v1/peering/token")
                .then()
                .statusCode(200)
                .extract()
                .path("PeeringToken");

        given().body("{\"PeerName\":\"flow-other\",\"PeeringToken\":\"" + token + "\"}")
                .post("/v1/peering/establish")
                .then()
                .statusCode(500)
                .body(containsString("cannot create a peering within the same cluster"));
        given().get("/v1/peering/flow-other").then().statusCode(404);
        given().delete("/v1/peering/flow-self").then().statusCode(200);
    }

    /** Their paths tell the list, one by its names, and one by its id apart. */
    @Test
    void intentionsAreListedAndFoundByNamesAndById() {
        String legacy = "{\"SourceName\":\"a\",\"DestinationName\":\"flow-legacy\",\"Action\":\"deny\"}";
        String id = given().body(legacy)
                .post("/v1/connect/intentions")
                .then()
                .statusCode(200)
                .extract()
                .path("ID");

        given().get("/v1/connect/intentions").then().statusCode(200).body("DestinationName", hasItem("flow-legacy"));
        given().get("/v1/connect/intentions/" + id).then().statusCode(200).body("SourceName", equalTo("a"));
        given().get("/v1/connect/intentions/exact?source=a&destination=flow-legacy")
                .then()
                .statusCode(200)
                .body("ID", equalTo(id));

        given().delete("/v1/connect/intentions/" + id).then().statusCode(200);
        given().get("/v1/connect/intentions/" + id).then().statusCode(404);
    }

    @Test
    void aConfigEntryIsWrittenOnceComparedAndDeleted() {
        String entry =
                "{\"Kind\":\"service-intentions\",\"Name\":\"flow-api\",\"Sources\":[{\"Name\":\"db\",\"Action\":\"allow\"}]}";
        given().body(entry).put("/v1/config?cas=0").then().statusCode(200).body(containsString("true"));
        int index = given().get("/v1/config/service-intentions/flow-api")
                .then()
                .statusCode(200)
                .body("Sources[0].Precedence", equalTo(9))
                .extract()
                .path("ModifyIndex");
        given().body(entry).put("/v1/config").then().body(containsString("true"));
        given().get("/v1/config/service-intentions/flow-api").then().body("ModifyIndex", equalTo(index));
        given().delete("/v1/config/service-intentions/flow-api?cas=1").then().body(containsString("false"));

        given().delete("/v1/config/service-intentions/flow-api?cas=" + index)
                .then()
                .statusCode(200)
                .body(containsString("true"));
        given().get("/v1/config/service-intentions/flow-api").then().statusCode(404);
    }

    @Test
    void aBodyOverTheLimitIsRefusedAndNothingOfItIsKept() {
        String tag = "x".repeat(2_000_000);

        given().body("{\"Name\":\"flow-huge\",\"Tags\":[\"" + tag + "\"]}")
                .put("/v1/agent/service/register")
                .then()
                .statusCode(413);

        given().get("/v1/agent/services").then().body("flow-huge", nullValue());
    }
}
