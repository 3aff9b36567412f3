package dev.entente.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.equalToCompressingWhiteSpace;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.entente.boot.StoresResource;
import dev.entente.domain.token.PeeringToken;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Peerings as clients of the HTTP API see them (protocol chapters 6.3 and 14.1). */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class PeeringApiTest {
    private static final List<String> NAMES = List.of("api-one", "api-two");

    private static String token(String name) {
        return given().body("{\"PeerName\":\"" + name + "\",\"Meta\":{\"env\":\"" + name + "\"}}")
                .post("/v1/peering/token")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .extract()
                .path("PeeringToken");
    }

    @AfterEach
    void deleteAll() {
        for (String name : NAMES) {
            given().delete("/v1/peering/" + name).then().statusCode(200).body(is(""));
        }
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            for (String name : NAMES) {
                given().get("/v1/peering/" + name)
                        .then()
                        .statusCode(404)
                        .body(equalTo("Peering not found for \"" + name + "\""));
            }
        });
    }

    @Test
    void aTokenCanBeReadByWhoeverGetsIt() {
        PeeringToken token = PeeringToken.decode(token("api-one")).orThrow();

        assertThat(token.caPems()).isNotEmpty().allMatch(pem -> pem.startsWith("-----BEGIN CERTIFICATE-----"));
        assertThat(token.serverAddresses()).isNotEmpty().allMatch(address -> address.startsWith("127.0.0.1:"));
        assertThat(token.serverName()).matches("server\\.dc1\\.peering\\.[0-9a-f-]{36}\\.consul");
        assertThat(token.peerId())
                .isEqualTo(given().get("/v1/peering/api-one").path("ID").toString());
    }

    @Test
    void anotherTokenForANameKeepsItsIdAndMakesNoSecondPeering() {
        token("api-one");
        String id = given().get("/v1/peering/api-one").path("ID");
        token("api-one");

        given().get("/v1/peering/api-one").then().body("ID", equalTo(id)).body("State", equalTo("PENDING"));
        given().get("/v1/peerings").then().body("findAll { it.Name == 'api-one' }", hasSize(1));
    }

    /** Later releases take lower case only; those of 2022 take both, and so do we. */
    @Test
    void aNameKeepsItsSpellingAndIsFoundInAnyOther() {
        token("API-One");

        given().get("/v1/peering/api-ONE").then().statusCode(200).body("Name", equalTo("API-One"));
        given().get("/v1/health/service/none?peer=api-one").then().statusCode(200);
        given().body("{\"PeerName\":\"api_one\"}")
                .post("/v1/peering/token")
                .then()
                .statusCode(500)
                .body(containsString("api_one is not a valid peer name: a valid DNS label must consist of lower case"));
    }

    @Test
    void aPeeringIsReadWithItsMetaAndNoListsYet() {
        token("api-one");

        given().get("/v1/peering/api-one")
                .then()
                .statusCode(200)
                .header("X-Consul-Index", notNullValue())
                .body("Name", equalTo("api-one"))
                .body("Meta.env", equalTo("api-one"))
                .body("StreamStatus.ImportedServices", nullValue())
                .body("StreamStatus.ExportedServices", nullValue());
    }

    @Test
    void aNameThatIsUnknownIsNotFoundAndTheAnswerSaysAsOfWhen() {
        given().get("/v1/peering/baz")
                .then()
                .statusCode(404)
                .body(equalTo("Peering not found for \"baz\""))
                .header("X-Consul-Index", notNullValue())
                .header("X-Consul-KnownLeader", "true");
        given().delete("/v1/peering/baz").then().statusCode(200).body(is(""));
        given().get("/v1/peering/").then().statusCode(400).body(equalTo("Must specify a name to fetch."));
    }

    @Test
    void aListHasExactlyWhatEachReadShows() {
        token("api-one");
        token("api-two");

        Response list = given().get("/v1/peerings");

        for (String name : NAMES) {
            Map<String, Object> read = given().get("/v1/peering/" + name).path("$");
            assertThat(list.<Map<String, Object>>path("find { it.Name == '" + name + "' }"))
                    .isEqualTo(read)
                    .containsKeys("StreamStatus", "CreateIndex", "ModifyIndex");
        }
        list.then()
                .body(
                        "findAll { it.Name.startsWith('api-') }.StreamStatus.ImportedServices",
                        contains(nullValue(), nullValue()));
    }

    @Test
    void whereThereIsNoPeeringTheListIsEmpty() {
        given().body("{\"Name\":\"api-empty\"}").put("/v1/partition").then().statusCode(200);

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> given().get("/v1/peerings?partition=api-empty")
                        .then()
                        .statusCode(200)
                        .body(equalToCompressingWhiteSpace("[]")));
    }
}
