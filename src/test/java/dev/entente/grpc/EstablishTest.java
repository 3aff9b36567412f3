package dev.entente.grpc;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.equalToCompressingWhiteSpace;
import static org.hamcrest.Matchers.is;

import dev.entente.boot.StoresResource;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.token.PeeringToken;
import io.netty.channel.nio.NioEventLoopGroup;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Establishing over HTTP with a cluster that behaves (protocol chapter 14.1). */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class EstablishTest {
    private static final String NAME = "establish-far";

    private final NioEventLoopGroup loops = new NioEventLoopGroup(1);
    private final String id = UUID.randomUUID().toString();
    private final Cluster far = new Cluster(id, loops).start();

    @AfterEach
    void stop() {
        far.listeners.stop().await().indefinitely();
        loops.shutdownGracefully();
    }

    private PeeringToken token() {
        return new PeeringToken(
                far.caPems(),
                List.of(),
                List.of("127.0.0.1:" + far.tlsPort),
                far.serverName,
                "p-" + id,
                new Secret(Cluster.SECRET),
                "",
                "far");
    }

    @Test
    void anEstablishedPeeringIsActiveUntilItIsDeleted() throws Exception {
        String request = "{\"PeerName\":\"" + NAME + "\",\"Meta\":{\"env\":\"test\"},\"PeeringToken\":\""
                + token().encode() + "\"}";
        // On a busy machine the few seconds for the secret's exchange can pass.
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> given().body(request)
                        .post("/v1/peering/establish")
                        .then()
                        .statusCode(200)
                        .contentType("application/json")
                        .body(equalToCompressingWhiteSpace("{}")));

        Cluster.Accepted stream = far.accepted.poll(30, TimeUnit.SECONDS);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/v1/peering/" + NAME)
                        .then()
                        .statusCode(200)
                        .body("State", equalTo("ACTIVE"))
                        .body("Meta.env", equalTo("test"))
                        .body("PeerID", equalTo("p-" + id))
                        .body("PeerServerName", equalTo(far.serverName)));

        given().delete("/v1/peering/" + NAME).then().statusCode(200).body(is(""));
        stream.link().complete();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/v1/peering/" + NAME).then().statusCode(404));
    }
}
