package dev.entente.clients;

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

/** A peering of the application under test with one service in it, stored in the change log as a stream stores what a peer sends. */
final class PeerWithOneService {
    static final String ADDRESS = "10.7.0.1";
    static final int PORT = 7070;

    private PeerWithOneService() {}

    /** Completes when the service can be read. */
    static void open(ChangeLog log, String peer, String service) {
        given().body("{\"PeerName\":\"" + peer + "\"}")
                .post("/v1/peering/token")
                .then()
                .statusCode(200);
        String id = given().get("/v1/peering/" + peer).path("ID");
        PeerScope scope = new PeerScope(new PeerName(peer), new PeeringId(id));
        log.append(PartitionName.DEFAULT, List.of(imported(scope, service)), Optional.empty())
                .await()
                .atMost(Duration.ofSeconds(20));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> given().get("/v1/health/service/" + service + "?peer=" + peer)
                        .then()
                        .body("$", Matchers.hasSize(1)));
    }

    /** Deletes the peering, and with it what was imported. */
    static void close(String peer) {
        given().delete("/v1/peering/" + peer).then().statusCode(200);
    }

    private static Change imported(PeerScope scope, String service) {
        Node node = new Node("", "far", ADDRESS, "dc2", Map.of(), Map.of());
        Check check = new Check(
                "far",
                "overall",
                "overall-check",
                Check.PASSING,
                "",
                "",
                service,
                service,
                List.of(),
                "",
                "",
                "",
                0,
                CheckDefinition.NONE);
        ImportedInstance instance = new ImportedInstance(node, Service.typical(service, service, PORT), List.of(check));
        return Change.imported(
                RecordKind.IMPORTED_SERVICE, scope, service, new ImportedService(service, List.of(instance)));
    }
}
