package dev.entente.grpc;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.identity.TrustDomain;
import dev.entente.domain.stream.Resource;
import dev.entente.domain.stream.ResourceType;
import dev.entente.domain.stream.StreamMessage;
import dev.entente.domain.token.PeeringToken;
import dev.entente.domain.trust.TrustBundle;
import dev.entente.engine.port.StreamEnd;
import io.netty.channel.nio.NioEventLoopGroup;
import io.restassured.response.Response;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster that hands out tokens and then misbehaves, dialed by the whole agent. */
abstract class HostileAcceptorCases {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final NioEventLoopGroup loops = new NioEventLoopGroup(1);
    private final String id = UUID.randomUUID().toString();
    private final Cluster evil = new Cluster(id, loops).start();
    private final String name = "acceptor-" + id.substring(0, 8);

    @BeforeEach
    void aLocalService() {
        given().body("{\"Name\":\"mine\",\"Port\":80}")
                .put("/v1/agent/service/register")
                .then()
                .statusCode(200);
    }

    @AfterEach
    void nothingElseHasChanged() {
        given().delete("/v1/peering/" + name).then().statusCode(200);
        evil.listeners.stop().await().indefinitely();
        loops.shutdownGracefully();
        assertThat((List<String>) given().get("/v1/health/service/mine").path("Service.ID"))
                .containsExactly("mine");
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> given().get("/v1/peering/" + name).then().statusCode(404));
        assertThat(imported("mine")).isEmpty();
    }

    private PeeringToken token(List<String> cas, String serverName, String address) {
        return new PeeringToken(
                cas, List.of(), List.of(address), serverName, "p-" + id, new Secret(Cluster.SECRET), "", "evil");
    }

    private PeeringToken token() {
        return token(evil.caPems(), evil.serverName, "127.0.0.1:" + evil.tlsPort);
    }

    private Response establish(PeeringToken token) {
        return given().body("{\"PeerName\":\"" + name + "\",\"PeeringToken\":\"" + token.encode() + "\"}")
                .post("/v1/peering/establish");
    }

    private List<String> imported(String service) {
        return given().get("/v1/health/service/" + service + "?peer=" + name).path("Service.ID");
    }

    private String state() {
        return given().get("/v1/peering/" + name).path("State").toString();
    }

    /** Our agent dials; what it says first is taken. */
    private Cluster.Accepted dialed() throws InterruptedException {
        assertThat(establish(token()).statusCode()).isEqualTo(200);
        return opened();
    }

    private Cluster.Accepted opened() throws InterruptedException {
        Cluster.Accepted stream = evil.accepted.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        for (int i = 0; i < 5; i++) {
            stream.link().request();
        }
        stream.heard().awaitMessages(5);
        return stream;
    }

    /** Sends a resource and gives our answer: empty for an ACK. */
    private static String send(Cluster.Accepted stream, ResourceType type, String id, Resource content) {
        int before = stream.heard().messages.size();
        stream.link()
                .send(new StreamMessage.Response(
                        "0000000a", type.url(), id, 1, new StreamMessage.Payload(type.url(), content)));
        while (true) {
            stream.link().request();
            stream.heard().awaitMessages(++before);
            StreamMessage heard = stream.heard().messages.get(before - 1);
            if (heard instanceof StreamMessage.Request answer
                    && answer.responseNonce().equals("0000000a")) {
                return answer.error() == null ? "" : answer.error().message();
            }
        }
    }

    private static Resource.ExportedService instance(String node, String service) {
        return new Resource.ExportedService(List.of(new ImportedInstance(
                new Node("", node, "10.6.6.6", "evil", Map.of(), Map.of()),
                Service.typical("i-" + service, service, 666),
                List.of())));
    }

    private static Resource.Bundle bundle(String domain) {
        return new Resource.Bundle(new TrustBundle(new TrustDomain(domain), List.of("evil root"), ""));
    }

    @Test
    void aCertificateOfAnotherCaIsNamedAndNothingIsSent() {
        Cluster stranger = new Cluster("99999999-2222-3333-4444-555555555555", loops).start();
        Response refused = establish(token(stranger.caPems(), evil.serverName, "127.0.0.1:" + evil.tlsPort));
        stranger.listeners.stop().await().indefinitely();

        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(refused.asString()).contains("TLS handshake").contains("unable to find valid certification path");
        assertThat(evil.accepted).isEmpty();
        assertThat(state()).isEqualTo("PENDING");
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        Response refused =
                establish(token(evil.caPems(), "server.x.peering.other.consul", "127.0.0.1:" + evil.tlsPort));

        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(refused.asString()).contains("TLS handshake").contains("server.x.peering.other.consul");
    }

    @Test
    void aServerThatNeverAnswersIsGivenUpInSeconds() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            long begun = System.nanoTime();
            Response refused = establish(token(evil.caPems(), evil.serverName, "127.0.0.1:" + silent.getLocalPort()));

            assertThat(refused.statusCode()).isEqualTo(500);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(12));
        }
    }

    @Test
    void aDeniedSecretNeedsANewToken() {
        PeeringToken used = new PeeringToken(
                evil.caPems(),
                List.of(),
                List.of("127.0.0.1:" + evil.tlsPort),
                evil.serverName,
                "p",
                new Secret("used"),
                "",
                "evil");

        assertThat(establish(used).asString())
                .contains("a new peering token must be generated: ")
                .contains("invalid peering establishment secret");
    }

    @Test
    void namesAndRootsOfOthersStayOut() throws Exception {
        Cluster.Accepted stream = dialed();

        assertThat(send(stream, ResourceType.EXPORTED_SERVICE, "mine", instance("node1", "mine")))
                .isEmpty();
        assertThat(imported("mine")).containsExactly("i-mine");
        assertThat(send(stream, ResourceType.TRUST_BUNDLE, "roots", bundle("elsewhere.consul")))
                .endsWith("the trust domain \"elsewhere.consul\" is not that of the server name \"" + evil.serverName
                        + "\"");
        assertThat(send(stream, ResourceType.TRUST_BUNDLE, "roots", bundle(id + ".consul")))
                .isEmpty();
        assertThat(send(
                        stream,
                        ResourceType.EXPORTED_SERVICE_LIST,
                        "exported-service-list",
                        new Resource.ExportedServiceList(List.of())))
                .isEmpty();
        assertThat(imported("mine")).isEmpty();
    }

    @Test
    void absurdAddressesAreRefusedAndUsableOnesAreKept() throws Exception {
        Cluster.Accepted stream = dialed();
        ResourceType type = ResourceType.SERVER_ADDRESSES;

        assertThat(send(stream, type, "server-addrs", new Resource.ServerAddresses(List.of())))
                .contains("Cannot switch peering dialing mode from true to false");
        assertThat(send(stream, type, "server-addrs", new Resource.ServerAddresses(List.of(" "))))
                .contains("the server addresses are unusable");
        assertThat(send(
                        stream,
                        type,
                        "server-addrs",
                        new Resource.ServerAddresses(Collections.nCopies(1001, "127.0.0.1:1"))))
                .contains("the server addresses are unusable");
        assertThat(send(stream, type, "server-addrs", new Resource.ServerAddresses(List.of("127.0.0.1:9"))))
                .isEmpty();
        assertThat((List<String>) given().get("/v1/peering/" + name).path("PeerServerAddresses"))
                .containsExactly("127.0.0.1:9");
    }

    @Test
    void aSubscriptionUnderAForeignIdEndsTheStream() throws Exception {
        Cluster.Accepted stream = dialed();
        stream.link().send(new StreamMessage.Request("somebody else", "", ResourceType.EXPORTED_SERVICE.url(), null));

        assertThat(stream.heard().awaitFailure()).isNotNull();
        Awaitility.await().atMost(PATIENCE).until(() -> state().equals("FAILING"));
    }

    @Test
    void terminatedEndsOnlyItsOwnPeering() throws Exception {
        Cluster.Accepted stream = dialed();
        assertThat(send(stream, ResourceType.EXPORTED_SERVICE, "evil", instance("n", "evil")))
                .isEmpty();

        stream.link().send(new StreamMessage.Terminated());

        Awaitility.await().atMost(PATIENCE).until(() -> state().equals("TERMINATED"));
        Awaitility.await().atMost(PATIENCE).until(() -> imported("evil").isEmpty());
    }

    @Test
    void tenMegabytesInOneMessageAreTaken() throws Exception {
        Cluster.Accepted stream = dialed();

        assertThat(send(
                        stream,
                        ResourceType.EXPORTED_SERVICE_LIST,
                        "exported-service-list",
                        new Resource.ExportedServiceList(List.of("x".repeat(10 * 1024 * 1024)))))
                .isEmpty();
        send(
                stream,
                ResourceType.EXPORTED_SERVICE_LIST,
                "exported-service-list",
                new Resource.ExportedServiceList(List.of()));
    }

    @Test
    void whoEndsEveryStreamIsDialedSlowerAndSlower() throws Exception {
        Cluster.Accepted first = dialed();
        long begun = System.nanoTime();
        first.link().fail(new StreamEnd(StreamEnd.PERMISSION_DENIED, "invalid peering stream secret"));
        Cluster.Accepted second = evil.accepted.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        second.link().fail(new StreamEnd(StreamEnd.PERMISSION_DENIED, "invalid peering stream secret"));
        Cluster.Accepted third = evil.accepted.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(third).isNotNull();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(6));
        assertThat(state()).isIn("FAILING", "ACTIVE");
    }

    @Test
    void whoIsNeverReadyIsNotDialedInAHotLoop() throws Exception {
        Cluster.Accepted stream = dialed();
        long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        int attempts = 0;
        while (stream != null && System.nanoTime() < end) {
            stream.link().fail(new StreamEnd(StreamEnd.FAILED_PRECONDITION, "not the leader"));
            attempts++;
            stream = evil.accepted.poll(1, TimeUnit.SECONDS);
        }

        assertThat(attempts).isBetween(5, 20);
    }
}
