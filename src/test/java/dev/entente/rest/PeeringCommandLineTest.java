package dev.entente.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entente.boot.StoresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The calls behind {@code consul peering …}: what that command line asks and what it needs in the answers (protocol chapter 9). */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class PeeringCommandLineTest {

    private static String generate(String name, String meta) {
        return given().body("{\"PeerName\":\"" + name + "\",\"Meta\":" + meta + "}")
                .post("/v1/peering/token")
                .then()
                .statusCode(200)
                .extract()
                .path("PeeringToken");
    }

    @Test
    void aGeneratedTokenCanBeDecoded() throws Exception {
        JsonNode token =
                new ObjectMapper().readTree(Base64.getDecoder().decode(generate("cli-token", "{\"env\":\"a\"}")));

        assertThat(token.get("CA").get(0).asText()).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(token.get("ServerAddresses")).isNotEmpty();
        assertThat(token.get("PeerID").asText())
                .isEqualTo(given().get("/v1/peering/cli-token").path("ID").toString());
        assertThat(given().get("/v1/peering/cli-token").path("Meta.env").toString())
                .isEqualTo("a");
    }

    @Test
    void anEstablishThatFailsTellsItsReasonAsTheStatusTextOfARemoteCall() {
        String own = generate("cli-self", "null");

        given().body("{\"PeerName\":\"cli-other\",\"PeeringToken\":\"" + own + "\",\"Meta\":{\"k\":\"v\"}}")
                .post("/v1/peering/establish")
                .then()
                .statusCode(500)
                .body(org.hamcrest.Matchers.startsWith(
                        "rpc error: code = Unknown desc = cannot create a peering within the same cluster"));
    }

    @Test
    void aListHasEverythingThatTheTableShows() {
        generate("cli-b", "{\"x\":\"y\"}");
        generate("cli-a", "null");

        List<String> names = given().get("/v1/peerings")
                .then()
                .statusCode(200)
                .header("X-Consul-LastContact", org.hamcrest.Matchers.notNullValue())
                .extract()
                .path("findAll { it.Name == 'cli-a' || it.Name == 'cli-b' }.Name");
        assertThat(names).containsExactly("cli-a", "cli-b");
        given().get("/v1/peerings").then().body("find { it.Name == 'cli-b' }.Meta.x", equalTo("y"));
        given().get("/v1/peerings").then().body("find { it.Name == 'cli-b' }.State", equalTo("PENDING"));
    }

    @Test
    void aReadHasWhatTheLayoutShowsAndAnUnknownNameIsNotFound() {
        generate("cli-read", "null");

        given().get("/v1/peering/cli-read")
                .then()
                .statusCode(200)
                .body("Name", equalTo("cli-read"))
                .body("StreamStatus.LastHeartbeat", equalTo("1970-01-01T00:00:00Z"))
                .body("CreateIndex", org.hamcrest.Matchers.greaterThan(0));
        given().get("/v1/peering/cli-nobody").then().statusCode(404).body(is("Peering not found for \"cli-nobody\""));
    }

    @Test
    void aDeletionMayBeRepeated() {
        generate("cli-gone", "null");

        given().delete("/v1/peering/cli-gone").then().statusCode(200).body(is(""));
        given().delete("/v1/peering/cli-gone").then().statusCode(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().get("/v1/peering/cli-gone").then().statusCode(404));
        given().delete("/v1/peering/cli-gone").then().statusCode(200);
    }
}
