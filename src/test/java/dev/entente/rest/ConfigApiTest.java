package dev.entente.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.equalToCompressingWhiteSpace;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.entente.boot.StoresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Config entries and intentions as clients of the HTTP API see them (protocol chapters 6.6, 6.7 and 14.1). */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class ConfigApiTest {
    private static final String EXACT = "/v1/connect/intentions/exact";

    private static void put(String entry) {
        given().body(entry).put("/v1/config").then().statusCode(200).body(equalToCompressingWhiteSpace("true"));
    }

    @Test
    void exportedServicesAreWrittenReadChangedAndDeleted() {
        String path = "/v1/config/exported-services/default";
        put("{\"Kind\":\"exported-services\",\"Name\":\"default\",\"Meta\":{\"gir\":\"zim\"},\"Services\":[{\"Name\":"
                + "\"cfg-db\",\"Consumers\":[{\"Peer\":\"alpha\"}]}]}");
        given().get(path)
                .then()
                .statusCode(200)
                .body("Meta.gir", equalTo("zim"))
                .body("Services[0].Consumers.Peer", contains("alpha"));

        put("{\"Kind\":\"exported-services\",\"Name\":\"default\",\"Services\":[{\"Name\":\"cfg-db\",\"Consumers\":"
                + "[{\"Peer\":\"alpha\"},{\"Peer\":\"beta\"}]}]}");
        given().get(path)
                .then()
                .body("Meta", nullValue())
                .body("Services[0].Consumers.Peer", contains("alpha", "beta"));
        given().get("/v1/config/exported-services").then().body("$", hasSize(1)).body("[0].Name", equalTo("default"));

        given().delete(path).then().statusCode(200).body(equalToCompressingWhiteSpace("{}"));
        given().get(path)
                .then()
                .statusCode(404)
                .body(equalTo("Config entry not found for \"exported-services\" / \"default\""));
        given().get("/v1/config/exported-services").then().statusCode(200).body(equalToCompressingWhiteSpace("[]"));
    }

    @Test
    void entriesOfAKindAreListedAndAnUnknownNameIsNotFound() {
        put("{\"Kind\":\"service-defaults\",\"Name\":\"cfg-a\",\"Protocol\":\"http\"}");
        put("{\"Kind\":\"service-defaults\",\"Name\":\"cfg-b\"}");

        given().get("/v1/config/service-defaults")
                .then()
                .body("Name", hasItem("cfg-a"))
                .body("Name", hasItem("cfg-b"))
                .body("find { it.Name == 'cfg-a' }.Protocol", equalTo("http"));
        given().get("/v1/config/service-defaults/cfg-none")
                .then()
                .statusCode(404)
                .body(equalTo("Config entry not found for \"service-defaults\" / \"cfg-none\""));
        given().delete("/v1/config/service-defaults/cfg-a").then().statusCode(200);
        given().delete("/v1/config/service-defaults/cfg-b").then().statusCode(200);
    }

    /** Nothing on a mismatch, and the word about it. */
    @Test
    void aWriteOrADeletionWithAnotherIndexChangesNothing() {
        String entry = "{\"Kind\":\"service-defaults\",\"Name\":\"cfg-cas\",\"Protocol\":\"%s\"}";
        String path = "/v1/config/service-defaults/cfg-cas";
        put(entry.formatted("tcp"));
        int index = given().get(path).path("ModifyIndex");

        given().body(entry.formatted("udp"))
                .put("/v1/config?cas=" + (index - 1))
                .then()
                .body(equalToCompressingWhiteSpace("false"));
        given().delete(path + "?cas=" + (index - 1)).then().body(equalToCompressingWhiteSpace("false"));
        given().get(path).then().body("Protocol", equalTo("tcp")).body("ModifyIndex", equalTo(index));

        given().body(entry.formatted("http"))
                .put("/v1/config?cas=" + index)
                .then()
                .body(equalToCompressingWhiteSpace("true"));
        int changed = given().get(path)
                .then()
                .body("Protocol", equalTo("http"))
                .extract()
                .path("ModifyIndex");
        given().delete(path + "?cas=" + changed).then().statusCode(200).body(equalToCompressingWhiteSpace("true"));
        given().get(path).then().statusCode(404);
    }

    @Test
    void aRuleAboutAPeersServiceIsFoundByThePeersName() {
        put("{\"Kind\":\"service-intentions\",\"Name\":\"cfg-web\",\"Sources\":[{\"Name\":\"cfg-api\",\"Peer\":\"far\","
                + "\"Action\":\"deny\"},{\"Name\":\"cfg-api\",\"Action\":\"allow\"}]}");

        given().get(EXACT + "?source=peer:far/cfg-api&destination=cfg-web")
                .then()
                .statusCode(200)
                .body("SourcePeer", equalTo("far"))
                .body("SourceName", equalTo("cfg-api"))
                .body("DestinationName", equalTo("cfg-web"))
                .body("Action", equalTo("deny"));
        given().get(EXACT + "?source=peer:far/default/cfg-api&destination=cfg-web")
                .then()
                .statusCode(200)
                .body("SourcePeer", equalTo("far"));
        given().get(EXACT + "?source=cfg-api&destination=cfg-web").then().body("Action", equalTo("allow"));
        given().get(EXACT + "?source=peer:other/cfg-api&destination=cfg-web")
                .then()
                .statusCode(404)
                .body(equalTo("Intention not found"));
        given().delete("/v1/config/service-intentions/cfg-web").then().statusCode(200);
    }

    @Test
    void aRuleByNamesIsWrittenWithTrueAndDeletedAsOftenAsOneLikes() {
        String rule = EXACT + "?source=cfg-one&destination=cfg-two";
        given().body("{\"Action\":\"deny\"}")
                .put(rule)
                .then()
                .statusCode(200)
                .body(equalToCompressingWhiteSpace("true"));
        given().get(rule).then().statusCode(200).body("Action", equalTo("deny"));
        given().body("{\"Action\":\"allow\"}")
                .put(rule)
                .then()
                .statusCode(200)
                .body(equalToCompressingWhiteSpace("true"));
        given().get(rule).then().body("Action", equalTo("allow"));

        given().delete(rule).then().statusCode(200).body(equalToCompressingWhiteSpace("true"));
        given().delete(rule).then().statusCode(200).body(equalToCompressingWhiteSpace("true"));
        given().get(rule).then().statusCode(404).body(equalTo("Intention not found"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a/b/c/d           | source "a/b/c/d" is invalid: input can contain at most two '/'
                    peer:p            | source "peer:p" is invalid: need to specify the service name as well
                    peer:p/a/b/c/d    | source "peer:p/a/b/c/d" is invalid: input can contain at most two '/'
                    team/cfg-x        | Invalid SourceNS "team": Namespaces is a Consul Enterprise feature
                    peer:p/team/cfg-x | Invalid SourceNS "team": Namespaces is a Consul Enterprise feature
                    """)
    void aNameThatIsNoneIsRefused(String source, String reason) {
        String encoded = URLEncoder.encode(source, StandardCharsets.UTF_8);
        given().urlEncodingEnabled(false)
                .get(EXACT + "?source=" + encoded + "&destination=cfg-x")
                .then()
                .statusCode(500)
                .body(equalTo(reason));
    }

    @ParameterizedTest
    @CsvSource({"cfg-short", "default/cfg-short", "default/default/cfg-short"})
    void aNameMayHaveTheNamespaceAndThePartitionThatThereAre(String source) {
        String exact = EXACT + "?source=" + source + "&destination=cfg-long";
        given().body("{\"Action\":\"deny\"}")
                .put(exact)
                .then()
                .statusCode(200)
                .body(equalToCompressingWhiteSpace("true"));

        given().get(EXACT + "?source=cfg-short&destination=cfg-long")
                .then()
                .statusCode(200)
                .body("SourceName", equalTo("cfg-short"));
        given().delete(exact).then().statusCode(200).body(equalToCompressingWhiteSpace("true"));
    }

    /** As names of services do, so those of entries and of what rules are about mean the same in whatever case. */
    @Test
    void anEntryIsTheSameInWhateverCaseItsNameIsWritten() {
        put("{\"Kind\":\"service-defaults\",\"Name\":\"cfg-case\",\"Protocol\":\"http\"}");
        put("{\"Kind\":\"service-defaults\",\"Name\":\"CFG-Case\",\"Protocol\":\"grpc\"}");

        given().get("/v1/config/service-defaults/cfg-CASE").then().body("Name", equalTo("CFG-Case"));
        given().get("/v1/config/service-defaults").then().body("Name", not(hasItem("cfg-case")));
        given().get("/v1/discovery-chain/cfg-case").then().body("Chain.Protocol", equalTo("grpc"));
        given().delete("/v1/config/service-defaults/cfg-case").then().statusCode(200);
        given().get("/v1/config/service-defaults/CFG-Case").then().statusCode(404);
    }

    @Test
    void aRuleIsNotEvadedByAnotherSpellingOfItsDestination() {
        put("{\"Kind\":\"service-intentions\",\"Name\":\"CFG-Spelt\",\"Sources\":[{\"Name\":\"cfg-caller\","
                + "\"Action\":\"deny\"}]}");
        String both = "?source=cfg-caller&destination=cfg-spelt";

        given().get("/v1/connect/intentions/check" + both).then().body("Allowed", equalTo(false));
        given().get(EXACT + both).then().statusCode(200).body("Action", equalTo("deny"));
        given().get("/v1/connect/intentions/match?by=destination&name=cfg-spelt")
                .then()
                .body("cfg-spelt.DestinationName", contains("CFG-Spelt"));
        given().body("{\"Action\":\"allow\"}").put(EXACT + both).then().statusCode(200);
        given().get("/v1/connect/intentions/check" + both).then().body("Allowed", equalTo(true));
        given().delete("/v1/config/service-intentions/cfg-spelt").then().statusCode(200);
        given().get(EXACT + both).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({"ingress-gateway", "terminating-gateway"})
    void aGatewayWithoutANameIsRefused(String kind) {
        given().body("{\"Kind\":\"" + kind + "\"}")
                .put("/v1/config")
                .then()
                .statusCode(500)
                .body(equalTo("Name is required"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    check?source=team/a&destination=b                  | Invalid source namespace "team": Namespaces is a Consul Enterprise feature
                    check?source=a&destination=team/b                  | Invalid destination namespace "team": Namespaces is a Consul Enterprise feature
                    check?source=a&destination=b&source-type=          | unsupported SourceType: ""
                    match?by=source&name=team/a                        | Invalid match entry namespace "team": Namespaces is a Consul Enterprise feature
                    exact?source=a&destination=team/b                  | Invalid DestinationNS "team": Namespaces is a Consul Enterprise feature
                    """)
    void aReadOfRulesNamesWhatItDoesNotTake(String read, String reason) {
        given().get("/v1/connect/intentions/" + read).then().statusCode(500).body(equalTo(reason));
    }

    @Test
    void allNamesThatAreMissingAreSaidTogether() {
        given().get(EXACT + "?source=&destination=")
                .then()
                .statusCode(500)
                .body(equalTo("2 errors occurred:\n\t* SourceName is missing\n\t* DestinationName is missing\n\n"));
    }

    @Test
    void anIndexBeyondAllNumbersIsOutOfRange() {
        given().body("{\"Kind\":\"service-defaults\",\"Name\":\"cfg-range\"}")
                .put("/v1/config?cas=99999999999999999999")
                .then()
                .statusCode(500)
                .body(equalTo("strconv.ParseUint: parsing \"99999999999999999999\": value out of range"));
    }

    /** What is not looked at has to be of its type all the same. */
    @Test
    void membersOfARuleThatAreNotLookedAtHaveAType() {
        given().body(
                        "{\"SourceName\":\"cfg-a\",\"DestinationName\":\"cfg-b\",\"Action\":\"deny\",\"DefaultPort\":\"x\"}")
                .post("/v1/connect/intentions")
                .then()
                .statusCode(500)
                .body(equalTo("Failed to decode request body: json: cannot unmarshal string into Go struct field"
                        + " .Alias.DefaultPort of type int"));
    }

    @Test
    void aPlaceMayComeAgainInASplitterWhereHeadersTellThePartsApart() {
        put("{\"Kind\":\"service-defaults\",\"Name\":\"cfg-split\",\"Protocol\":\"http\"}");
        String splitter = "{\"Kind\":\"service-splitter\",\"Name\":\"cfg-split\",\"Splits\":[{\"Weight\":50},"
                + "{\"Weight\":50%s}]}";
        put(splitter.formatted(",\"RequestHeaders\":{\"Set\":{\"x-part\":\"b\"}}"));

        given().body(splitter.formatted(""))
                .put("/v1/config")
                .then()
                .statusCode(500)
                .body(equalTo("split destination occurs more than once: service=\"cfg-split\", subset=\"\","
                        + " namespace=\"\", partition=\"\""));
        given().delete("/v1/config/service-splitter/cfg-split").then().statusCode(200);
        given().delete("/v1/config/service-defaults/cfg-split").then().statusCode(200);
    }

    @Test
    void noKindStandsForAllKindsInTheirOrder() {
        put("{\"Kind\":\"service-resolver\",\"Name\":\"cfg-every\"}");
        put("{\"Kind\":\"service-defaults\",\"Name\":\"cfg-every\"}");

        given().get("/v1/config/")
                .then()
                .statusCode(200)
                .body("findAll { it.Name == 'cfg-every' }.Kind", contains("service-defaults", "service-resolver"));
        given().delete("/v1/config/service-resolver/cfg-every").then().statusCode(200);
        given().delete("/v1/config/service-defaults/cfg-every").then().statusCode(200);
    }

    @Test
    void aRuleWithoutANameCannotBeDeleted() {
        given().delete(EXACT + "?source=default/&destination=cfg-x")
                .then()
                .statusCode(500)
                .body(equalTo("Intention lookup failed: 1 error occurred:\n\t* SourceName is missing\n\n"));
    }
}
