package dev.entente.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.equalToCompressingWhiteSpace;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.entente.boot.StoresResource;
import dev.entente.engine.port.ChangeLog;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads of the local catalog and of what a peer has sent, side by side (protocol chapters 6.4, 6.10 and 14.1). */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class PeerReadsTest {
    private static final String PEER = "reads-peer";
    private static final String UI = "/v1/internal/ui/";

    @Inject
    ChangeLog log;

    @BeforeEach
    void aServiceHereAndOneThere() {
        register("reads-node", "reads-here", "passing");
        FarPeer.open(log, PEER, "reads-there");
    }

    @AfterEach
    void deletePeer() {
        FarPeer.close(PEER);
        given().body("{\"Node\":\"reads-node\"}")
                .put("/v1/catalog/deregister")
                .then()
                .statusCode(200);
    }

    private static void register(String node, String service, String status) {
        given().body("{\"Node\":\"" + node + "\",\"Address\":\"10.0.0.9\",\"Service\":{\"Service\":\"" + service
                        + "\"},\"Check\":{\"CheckID\":\"of-" + service + "\",\"ServiceID\":\"" + service
                        + "\",\"Status\":\"" + status + "\"}}")
                .put("/v1/catalog/register")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?peer=" + PEER, "?passing", "?passing&peer=" + PEER})
    void aServiceThatIsUnknownHasNoInstancesWhereverOneLooks(String query) {
        given().get("/v1/health/service/reads-none" + query)
                .then()
                .statusCode(200)
                .header("X-Consul-Index", not("0"))
                .body(equalToCompressingWhiteSpace("[]"));
    }

    @Test
    void aServiceIsReadOnlyWhereItBelongsAndItsEmptyListsAreLists() {
        given().get("/v1/health/service/reads-here")
                .then()
                .body("$", hasSize(1))
                .body("[0].Node.PeerName", nullValue())
                .body("[0].Service.Tags", hasSize(0))
                .body("[0].Checks[0].ServiceTags", hasSize(0));
        given().get("/v1/health/service/reads-here?peer=" + PEER).then().body(equalToCompressingWhiteSpace("[]"));
        given().get("/v1/health/service/reads-there?peer=" + PEER)
                .then()
                .body("$", hasSize(1))
                .body("[0].Node.PeerName", equalTo(PEER))
                .body("[0].Service.PeerName", equalTo(PEER))
                .body("[0].Checks.PeerName", contains(PEER))
                .body("[0].Service.Tags", hasSize(0));
        given().get("/v1/health/service/reads-there").then().body(equalToCompressingWhiteSpace("[]"));
    }

    @Test
    void anInstanceWithoutChecksHasAnEmptyListOfThem() {
        given().body("{\"Node\":\"reads-node\",\"Address\":\"10.0.0.9\",\"Service\":{\"Service\":\"reads-bare\"}}")
                .put("/v1/catalog/register")
                .then()
                .statusCode(200);

        given().get("/v1/health/service/reads-bare").then().body("[0].Checks", hasSize(0));
    }

    @ParameterizedTest
    @CsvSource({
        "passing, 1",
        "passing=, 1",
        "passing=1, 1",
        "passing=true, 1",
        "passing=false, 2",
        "passing=0, 2",
        "stale, 2"
    })
    void onlyThePassingOnesAreShownWhenThatIsAskedFor(String query, int instances) {
        register("reads-node", "reads-two", "passing");
        register("reads-node-2", "reads-two", "critical");
        FarPeer.send(
                log,
                PEER,
                "reads-two",
                List.of(
                        FarPeer.instance("far", "reads-two", "t1", "passing"),
                        FarPeer.instance("far", "reads-two", "t2", "critical")));

        given().get("/v1/health/service/reads-two?" + query).then().body("$", hasSize(instances));
        given().get("/v1/health/service/reads-two?peer=" + PEER + "&" + query)
                .then()
                .body("$", hasSize(instances));
    }

    @ParameterizedTest
    @ValueSource(strings = {"passing=nope", "passing=2", "passing=nope&peer=" + PEER})
    void anythingElseThanABooleanIsRefusedForPassing(String query) {
        given().get("/v1/health/service/reads-here?" + query)
                .then()
                .statusCode(400)
                .body(equalTo("Invalid value for ?passing"));
    }

    @Test
    void whoWaitsForCriticalInstancesOfAPeerSleepsThroughEverythingElse() throws Exception {
        String query = "/v1/health/service/reads-there?peer=" + PEER + "&filter=Checks.Status==critical";
        Response first = given().get(query);
        first.then().body("$", hasSize(0));
        CompletableFuture<Response> waiting = waiting(query, first);

        FarPeer.send(log, PEER, "reads-there", List.of(FarPeer.instance("far", "reads-there", "a", "warning")));
        FarPeer.send(log, PEER, "reads-other", List.of(FarPeer.instance("far", "reads-other", "b", "critical")));
        register("reads-node", "reads-there", "critical");
        given().get("/v1/health/service/reads-there?peer=" + PEER).then().body("[0].Service.ID", equalTo("a"));
        assertThat(waiting).isNotDone();

        FarPeer.send(log, PEER, "reads-there", List.of(FarPeer.instance("far", "reads-there", "c", "critical")));
        Response woken = waiting.get(20, TimeUnit.SECONDS);

        woken.then().body("Service.ID", contains("c"));
        assertThat(index(woken)).isGreaterThan(index(first));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", PEER})
    void whoWaitsForAServiceThatIsNotThereYetHearsOfItsFirstInstance(String peer) throws Exception {
        String service = "reads-new-" + (peer.isEmpty() ? "here" : "there");
        String query = "/v1/health/service/" + service + "?peer=" + peer;
        Response first = given().get(query);
        CompletableFuture<Response> waiting = waiting(query, first);

        if (peer.isEmpty()) {
            register("reads-node", service, "passing");
        } else {
            FarPeer.send(log, PEER, service, List.of(FarPeer.instance("far", service, service, "passing")));
        }
        Response woken = waiting.get(20, TimeUnit.SECONDS);

        woken.then().body("Service.ID", contains(service)).header("X-Consul-Query-Backend", "streaming");
        assertThat(index(woken)).isGreaterThan(index(first));
        assertThat(first.header("X-Consul-Query-Backend")).isEqualTo("blocking-query");
    }

    private static CompletableFuture<Response> waiting(String query, Response first) {
        return CompletableFuture.supplyAsync(
                () -> given().get(query + "&wait=60s&index=" + first.header("X-Consul-Index")));
    }

    private static long index(Response answer) {
        return Long.parseLong(answer.header("X-Consul-Index"));
    }

    @Test
    void servicesOfBothAreSummedUpAndOfThePeerAlone() {
        given().get(UI + "services")
                .then()
                .body("find { it.Name == 'reads-here' }.PeerName", nullValue())
                .body("find { it.Name == 'reads-here' }.ChecksPassing", equalTo(1))
                .body("find { it.Name == 'reads-there' }.PeerName", equalTo(PEER))
                .body("find { it.Name == 'reads-there' }.InstanceCount", equalTo(1))
                .body("find { it.Name == 'reads-there' }.ChecksPassing", equalTo(1))
                .body("find { it.Name == 'reads-there' }.Datacenter", equalTo("dc2"))
                .body("find { it.Name == 'reads-there' }.Nodes", contains("far"));
        given().get(UI + "services?peer=" + PEER).then().body("Name", contains("reads-there"));
    }

    /** The filter is one for both: it lets through what fits, wherever it is. */
    @Test
    void aFilterAppliesToServicesOfBoth() {
        register("reads-node", "reads-both", "critical");
        FarPeer.send(log, PEER, "reads-both", List.of(FarPeer.instance("far", "reads-both", "b", "critical")));

        given().get(UI + "services?filter=Service.Service==\"reads-both\" and Checks.Status==critical")
                .then()
                .body("Name", contains("reads-both", "reads-both"))
                .body("PeerName", hasItem(PEER))
                .body("PeerName", hasItem(nullValue()));
        given().get(UI + "services?filter=Service.PeerName==\"" + PEER + "\"")
                .then()
                .body("findAll { it.PeerName != '" + PEER + "' }", hasSize(0))
                .body("Name", hasItem("reads-there"));
    }

    @Test
    void nodesOfThePeerComeAfterTheLocalOnesAndAreFoundUnderIt() {
        List<String> peers = given().get(UI + "nodes").path("PeerName");
        int local = peers.lastIndexOf(null) + 1;
        assertThat(peers.subList(0, local)).isNotEmpty().containsOnlyNulls();
        assertThat(peers.subList(local, peers.size())).contains(PEER);
        given().get(UI + "nodes")
                .then()
                .body("find { it.PeerName == 'reads-peer' }.Services.Service", contains("reads-there"))
                .body("find { it.PeerName == 'reads-peer' }.Services[0].PeerName", equalTo(PEER))
                .body("find { it.PeerName == 'reads-peer' }.Address", equalTo(FarPeer.ADDRESS));
        given().get(UI + "node/far?peer=" + PEER)
                .then()
                .statusCode(200)
                .body("PeerName", equalTo(PEER))
                .body("Services.Service", contains("reads-there"))
                .body("Checks.CheckID", contains("overall"));
        given().get(UI + "node/far").then().statusCode(404).body(equalTo(""));
        given().get(UI + "node/reads-node?peer=" + PEER).then().statusCode(404).body(equalTo(""));
    }

    /** At the body, the service and each check. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"PeerName\":\"reads-peer\"",
                "\"Service\":{\"Service\":\"s\",\"PeerName\":\"reads-peer\"}",
                "\"Check\":{\"Name\":\"c\",\"PeerName\":\"reads-peer\"}",
                "\"Checks\":[{\"Name\":\"c\"},{\"Name\":\"d\",\"PeerName\":\"reads-peer\"}]"
            })
    void nobodyRegistersForAPeer(String part) {
        given().body("{\"Node\":\"reads-refused\",\"Address\":\"10.0.0.9\"," + part + "}")
                .put("/v1/catalog/register")
                .then()
                .statusCode(500)
                .body(equalTo("cannot register requests with PeerName in them"));
        given().get("/v1/catalog/node/reads-refused").then().body(equalToCompressingWhiteSpace("null"));
    }
}
