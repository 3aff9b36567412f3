package dev.entente.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.boot.StoresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of answers with {@code near} (protocol chapter 6.1.3). The first node by name is not the agent's. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class NearTest {
    private static final String FIRST = "a-near";
    private static final String LAST = "zz-near";

    private String own;

    @BeforeEach
    void registerEverywhere() {
        own = given().get("/v1/agent/self").path("Config.NodeName");
        for (String node : List.of(FIRST, LAST)) {
            given().body("{\"Node\":\"" + node + "\",\"Address\":\"10.0.0.1\",\"Service\":{\"Service\":\"near\"},"
                            + "\"Check\":{\"Name\":\"up\",\"Status\":\"passing\",\"ServiceID\":\"near\"}}")
                    .put("/v1/catalog/register")
                    .then()
                    .statusCode(200);
        }
        given().body("{\"Name\":\"near\",\"Check\":{\"TTL\":\"1h\",\"Status\":\"passing\"}}")
                .put("/v1/agent/service/register")
                .then()
                .statusCode(200);
    }

    @AfterEach
    void deregister() {
        given().put("/v1/agent/service/deregister/near").then().statusCode(200);
        for (String node : List.of(FIRST, LAST)) {
            given().body("{\"Node\":\"" + node + "\"}")
                    .put("/v1/catalog/deregister")
                    .then()
                    .statusCode(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/catalog/nodes, Node",
        "/v1/catalog/service/near, Node",
        "/v1/health/service/near, Node.Node",
        "/v1/health/service/near?passing, Node.Node",
        "/v1/health/checks/near, Node",
        "/v1/health/state/passing, Node",
    })
    void theNodeThatIsNamedComesFirstAndTheOthersKeepTheirOrder(String path, String member) {
        assertThat(nodes(path, "", member)).containsSubsequence(FIRST, own, LAST);
        assertThat(nodes(path, "_agent", member)).startsWith(own).containsSubsequence(FIRST, LAST);
        assertThat(nodes(path, own, member)).isEqualTo(nodes(path, "_agent", member));
    }

    @Test
    void fromANodeWithoutAPlaceNothingCanBeTold() {
        for (String near : List.of(LAST, "nowhere", "_ip")) {
            assertThat(nodes("/v1/health/service/near", near, "Node.Node")).containsExactly(FIRST, own, LAST);
        }
    }

    private static List<String> nodes(String path, String near, String member) {
        String separator = path.contains("?") ? "&" : "?";
        return given().get(path + (near.isEmpty() ? "" : separator + "near=" + near))
                .then()
                .statusCode(200)
                .extract()
                .path(member);
    }
}
