package dev.entente.rest;

import static io.restassured.RestAssured.given;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.ImportedService;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ChangeLog;
import dev.entente.engine.port.PeerScope;
import dev.entente.engine.port.RecordKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.hamcrest.Matchers;

/** A peering of the application under test with services in it, stored in the change log as a stream stores what a peer sends. */
public final class FarPeer {
    public static final String ADDRESS = "10.7.0.1";
    public static final int PORT = 7070;

    private FarPeer() {}

    /** Completes when the service, with one instance that passes, can be read. */
    public static void open(ChangeLog log, String peer, String service) {
        given().body("{\"PeerName\":\"" + peer + "\"}")
                .post("/v1/peering/token")
                .then()
                .statusCode(200);
        send(log, peer, service, List.of(instance("far", service, service, Check.PASSING)));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> given().get("/v1/health/service/" + service + "?peer=" + peer)
                        .then()
                        .body("$", Matchers.hasSize(1)));
    }

    /** Replaces what the peer has told of a service. */
    public static void send(ChangeLog log, String peer, String service, List<ImportedInstance> instances) {
        String id = given().get("/v1/peering/" + peer).path("ID");
        PeerScope scope = new PeerScope(new PeerName(peer), new PeeringId(id));
        Change change =
                Change.imported(RecordKind.IMPORTED_SERVICE, scope, service, new ImportedService(service, instances));
        log.append(PartitionName.DEFAULT, List.of(change), Optional.empty())
                .await()
                .atMost(Duration.ofSeconds(20));
        // Waits until the view has it, which is longer than a client is kept waiting when it is very much; asks for
        // something small.
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> given().get("/v1/health/service/nothing?consistent&peer=" + peer)
                        .then()
                        .statusCode(200));
    }

    /** Deletes the peering, and with it what was imported; completes when it is gone, so that the name can be used again. */
    public static void close(String peer) {
        given().delete("/v1/peering/" + peer).then().statusCode(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/v1/peering/" + peer).then().statusCode(404));
    }

    public static ImportedInstance instance(String nodeName, String service, String id, String status) {
        Node node = new Node("", nodeName, ADDRESS, "dc2", Map.of(), Map.of());
        Check check = new Check(
                nodeName,
                "overall",
                "overall-check",
                status,
                "",
                "",
                id,
                service,
                List.of(),
                "",
                "",
                "",
                0,
                CheckDefinition.NONE);
        return new ImportedInstance(node, Service.typical(id, service, PORT), List.of(check));
    }
}
