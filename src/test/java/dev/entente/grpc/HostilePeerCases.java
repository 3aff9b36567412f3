package dev.entente.grpc;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import dev.entente.domain.stream.ResourceType;
import dev.entente.domain.token.PeeringToken;
import dev.entente.grpc.HostilePeer.Stream;
import dev.entente.grpc.wire.peerstream.ReplicationMessage;
import dev.entente.grpc.wire.service.CheckServiceNode;
import dev.entente.grpc.wire.service.NodeService;
import dev.entente.grpc.wire.status.Status;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A peer that does what it should not, against the whole agent: each case gets its answer or is cut within its bound, and nothing
 * outside this peer's own imports changes. Another peer keeps its stream all the while, and its heartbeats come on time.
 */
abstract class HostilePeerCases {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final Duration HEARTBEATS = Duration.ofSeconds(15);
    /** What a loaded machine may add between two heartbeats. */
    private static final Duration LATENESS = Duration.ofSeconds(5);
    /** How many tiny messages are sent; the million of a long run is asked for by a property. */
    private static final int FLOOD = Integer.getInteger("hostile.flood", 50_000);

    /** What waits for a peer that does not read, with the windows of its connection and what the tests themselves hold. */
    private static final long MOST_HELD_FOR_A_PEER = 96L * 1024 * 1024;
    /** Messages of a kilobyte, of which so many would be more than anybody holds. */
    private static final int NEVER_TAKEN = 200_000;

    private static HostilePeer honest;
    private static Stream honestStream;

    private String name;
    private HostilePeer peer;

    private static PeeringToken token(String name) {
        return PeeringToken.decode(given().body("{\"PeerName\":\"" + name + "\"}")
                        .post("/v1/peering/token")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("PeeringToken"))
                .orThrow();
    }

    /** Once: a local service, and a well-behaved peer with one import of the same name. */
    @BeforeEach
    void aQuietWorld() throws Exception {
        if (honest == null) {
            given().body(
                            "{\"Name\":\"precious\",\"Port\":80,\"Check\":{\"CheckID\":\"precious\",\"TTL\":\"60m\",\"Status\":\"passing\"}}")
                    .put("/v1/agent/service/register")
                    .then()
                    .statusCode(200);
            honest = new HostilePeer(token("honest"));
            honestStream = honest.admitted(
                    honest.exchange(honest.token.establishmentSecret().reveal()));
            honestStream.say(HostilePeer.bundle("00000001", "honest.consul"));
            honestStream.say(HostilePeer.service("00000002", "precious", HostilePeer.instance("h1", "p1", "precious")));
            honestStream.say(HostilePeer.list("00000003", "precious"));
            assertThat(honestStream.refusal("00000003")).isEmpty();
            honestStream.keepAlive();
        }
        name = "hostile-" + NAMES.incrementAndGet();
        peer = new HostilePeer(token(name));
    }

    @AfterEach
    void nothingElseHasChanged() {
        peer.close();
        assertThat(instances("/v1/health/service/precious")).containsExactly("precious");
        assertThat(instances("/v1/health/service/precious?peer=honest")).containsExactly("p1");
        assertThat(given().get("/v1/health/service/precious")
                        .path("[0].Checks.Status")
                        .toString())
                .isEqualTo("[passing, passing]");
        assertThat(given().get("/v1/catalog/services").path("$").toString()).doesNotContain("evil");
        Awaitility.await()
                .atMost(LATENESS.multipliedBy(2))
                .untilAsserted(() -> assertThat(
                                given().get("/v1/peering/honest").path("State").toString())
                        .isEqualTo("ACTIVE"));
        assertThat(honestStream.isOpen()).isTrue();
        for (int i = 1; i < honestStream.heartbeats.size(); i++) {
            long gap = honestStream.heartbeats.get(i) - honestStream.heartbeats.get(i - 1);
            assertThat(Duration.ofNanos(gap)).isLessThan(HEARTBEATS.plus(LATENESS));
        }
        given().delete("/v1/peering/" + name).then().statusCode(200);
    }

    private static List<String> instances(String path) {
        return given().get(path).then().statusCode(200).extract().path("Service.ID");
    }

    private String streamSecret() {
        return peer.exchange(peer.token.establishmentSecret().reveal());
    }

    private static void assertEnd(Stream stream, io.grpc.Status.Code code, String text) {
        io.grpc.Status end = stream.ended();
        assertThat(end.getDescription()).isEqualTo(text);
        assertThat(end.getCode()).isEqualTo(code);
    }

    @Test
    void aWrongAndAUsedSecretAreDeniedInTheSameWords() {
        String denied = "invalid peering establishment secret";
        assertThat(peer.exchangeFails("wrong").getDescription()).isEqualTo(denied);
        assertThat(peer.exchangeFails("").getCode()).isEqualTo(io.grpc.Status.Code.PERMISSION_DENIED);

        assertThat(streamSecret()).isNotEmpty();

        io.grpc.Status again =
                peer.exchangeFails(peer.token.establishmentSecret().reveal());
        assertThat(again.getDescription()).isEqualTo(denied);
        assertThat(again.getCode()).isEqualTo(io.grpc.Status.Code.PERMISSION_DENIED);
    }

    @Test
    void aStreamWithAWrongSecretIsDenied() {
        streamSecret();
        for (String secret :
                List.of("wrong", "", honest.token.establishmentSecret().reveal())) {
            Stream stream = peer.open();
            stream.say(HostilePeer.opening(peer.token.peerId(), secret));
            assertEnd(stream, io.grpc.Status.Code.PERMISSION_DENIED, "invalid peering stream secret");
        }
    }

    @Test
    void aStreamForAnotherPeersPeeringIsDenied() {
        Stream stream = peer.open();
        stream.say(HostilePeer.opening(honest.token.peerId(), streamSecret()));

        assertEnd(stream, io.grpc.Status.Code.PERMISSION_DENIED, "invalid peering stream secret");
    }

    @Test
    void whatComesBeforeOpenEndsTheStream() {
        String notOpen = "first message when initiating a peering must be: Open";
        for (ReplicationMessage first : List.of(
                HostilePeer.heartbeat(),
                HostilePeer.subscription(ResourceType.EXPORTED_SERVICE.url()),
                HostilePeer.list("00000001", "precious"),
                ReplicationMessage.getDefaultInstance(),
                ReplicationMessage.newBuilder()
                        .setTerminated(ReplicationMessage.Terminated.getDefaultInstance())
                        .build())) {
            Stream stream = peer.open();
            stream.say(first);
            assertEnd(stream, io.grpc.Status.Code.INVALID_ARGUMENT, notOpen);
        }
    }

    @Test
    void anOpenWithoutAUsableIdEndsTheStream() {
        Stream without = peer.open();
        without.say(HostilePeer.opening("", "s"));
        assertEnd(without, io.grpc.Status.Code.INVALID_ARGUMENT, "initial subscription request must specify a PeerID");
        Stream malformed = peer.open();
        malformed.say(HostilePeer.opening("'; drop table peerings", "s"));
        assertEnd(malformed, io.grpc.Status.Code.INTERNAL, "failed to find PeerID: '; drop table peerings");
        Stream unknown = peer.open();
        String id = "00000000-1111-2222-3333-444444444444";
        unknown.say(HostilePeer.opening(id, "s"));
        assertEnd(unknown, io.grpc.Status.Code.INVALID_ARGUMENT, "initial subscription for unknown PeerID: " + id);
    }

    @Test
    void openTwiceOnOneStreamIsPassedOverAndASecondStreamIsRefused() {
        String secret = streamSecret();
        Stream first = peer.admitted(secret);
        first.say(HostilePeer.opening(peer.token.peerId(), secret));
        first.say(HostilePeer.opening(honest.token.peerId(), "x"));

        Stream second = peer.open();
        second.say(HostilePeer.opening(peer.token.peerId(), secret));

        assertEnd(
                second,
                io.grpc.Status.Code.UNKNOWN,
                "failed to register stream: there is an active stream for the given PeerID \"" + peer.token.peerId()
                        + "\"");
        first.say(HostilePeer.list("00000009"));
        assertThat(first.refusal("00000009")).isEmpty();
    }

    @Test
    void unknownTypesAreRefusedByName() {
        Stream stream = peer.admitted(streamSecret());
        stream.say(HostilePeer.response("00000001", "type.example/Evil", "x", Any.getDefaultInstance()));
        assertThat(stream.refusal("00000001"))
                .isEqualTo("received response for unknown resource type \"type.example/Evil\"");
        stream.say(HostilePeer.response(
                "00000002",
                ResourceType.EXPORTED_SERVICE.url(),
                "evil",
                Any.newBuilder().setTypeUrl("type.example/Evil").build()));
        assertThat(stream.refusal("00000002"))
                .isEqualTo("upsert error, ResourceURL: \"" + ResourceType.EXPORTED_SERVICE.url()
                        + "\", ResourceID: \"evil\": mismatched resourceURL \""
                        + ResourceType.EXPORTED_SERVICE.url() + "\" and Any typeUrl \"type.example/Evil\"");
        stream.say(HostilePeer.response(
                "00000003",
                ResourceType.EXPORTED_SERVICE.url(),
                "evil",
                Any.newBuilder()
                        .setTypeUrl(ResourceType.EXPORTED_SERVICE.url())
                        .setValue(ByteString.copyFromUtf8("no message at all"))
                        .build()));
        assertThat(stream.refusal("00000003")).contains("failed to unmarshal resource");
        assertThat(stream.answer("00000003").getError().getCode()).isEqualTo(13);

        stream.say(HostilePeer.subscription("type.example/Evil"));
        assertEnd(
                stream,
                io.grpc.Status.Code.INVALID_ARGUMENT,
                "subscription request to unknown resource URL: type.example/Evil");
    }

    @Test
    void emptyNamesAreRefusedAndTheStreamGoesOn() {
        Stream stream = peer.admitted(streamSecret());
        stream.say(HostilePeer.service("00000001", "", HostilePeer.instance("n", "i", "")));
        stream.say(HostilePeer.service("00000002", "evil", HostilePeer.instance("", "i", "evil")));
        stream.say(HostilePeer.service("00000003", "evil", HostilePeer.instance("n", "", "evil")));
        stream.say(HostilePeer.service("00000004", "evil", CheckServiceNode.getDefaultInstance()));
        stream.say(HostilePeer.service("00000005", "evil", HostilePeer.instance("n", "i", "precious")));
        ReplicationMessage withoutNonce = HostilePeer.list("", "evil");
        stream.say(withoutNonce);

        for (int i : List.of(1, 2, 3, 5)) {
            assertThat(stream.refusal("0000000" + i)).contains("failed to register");
        }
        assertThat(stream.refusal("00000004")).endsWith("failed to unmarshal resource: an instance has no node");
        assertThat(stream.await(
                        message -> message.getRequest().getError().getMessage().contains("without a nonce")))
                .isNotNull();
        assertThat(instances("/v1/health/service/evil?peer=" + name)).isEmpty();
        assertThat(stream.isOpen()).isTrue();
    }

    @Test
    void namesOfOtherPeersAndOfLocalServicesStayItsOwn() {
        Stream stream = peer.admitted(streamSecret());
        CheckServiceNode.Builder stolen = HostilePeer.instance("h1", "p1", "precious").toBuilder();
        stolen.getNodeBuilder().setPeerName("honest").setPartition("team");
        stolen.setService(NodeService.newBuilder(stolen.getService()).setPeerName("honest"));
        stream.say(HostilePeer.service("00000001", "precious", stolen.build()));
        stream.say(HostilePeer.service("00000002", "consul", HostilePeer.instance("node1", "consul", "consul")));
        assertThat(stream.refusal("00000001")).isEmpty();
        assertThat(stream.refusal("00000002")).isEmpty();

        assertThat(instances("/v1/health/service/precious?peer=" + name)).containsExactly("p1");
        assertThat(given().get("/v1/health/service/precious?peer=" + name)
                        .path("[0].Node.PeerName")
                        .toString())
                .isEqualTo(name);
        assertThat(given().get("/v1/health/service/consul")
                        .path("Node.Datacenter")
                        .toString())
                .doesNotContain("evil");
        stream.say(HostilePeer.list("00000003"));
        assertThat(stream.refusal("00000003")).isEmpty();
        assertThat(instances("/v1/health/service/precious?peer=" + name)).isEmpty();
    }

    @Test
    void rootsOfOthersAreRefused() {
        Stream stream = peer.admitted(streamSecret());
        String own = peer.token.serverName().substring(peer.token.serverName().indexOf(".peering.") + 9);
        stream.say(HostilePeer.bundle("00000001", own));
        stream.say(HostilePeer.bundle("00000002", "Honest.consul"));
        stream.say(HostilePeer.bundle("00000003", name + ".consul"));

        assertThat(stream.refusal("00000001")).endsWith("the trust domain \"" + own + "\" is that of this cluster");
        assertThat(stream.refusal("00000002"))
                .endsWith("the trust domain \"honest.consul\" is that of the peer \"honest\"");
        assertThat(stream.refusal("00000003")).isEmpty();
    }

    @Test
    void answersToWhatWasNeverSentArePassedOver() {
        Stream stream = peer.admitted(streamSecret());
        for (String nonce : List.of("ffffffff", "", "not a nonce")) {
            stream.say(ReplicationMessage.newBuilder()
                    .setRequest(ReplicationMessage.Request.newBuilder()
                            .setResourceUrl(ResourceType.EXPORTED_SERVICE.url())
                            .setResponseNonce(nonce)
                            .setError(Status.newBuilder().setCode(13).setMessage("x".repeat(10_000))))
                    .build());
        }
        stream.say(HostilePeer.list("00000001"));

        assertThat(stream.refusal("00000001")).isEmpty();
    }

    @Test
    void anAnswerBeforeASubscriptionEndsTheStream() {
        Stream stream = peer.open();
        stream.say(HostilePeer.opening(peer.token.peerId(), streamSecret()));
        stream.say(ReplicationMessage.newBuilder()
                .setRequest(ReplicationMessage.Request.newBuilder()
                        .setResourceUrl(ResourceType.EXPORTED_SERVICE.url())
                        .setResponseNonce("00000001"))
                .build());

        assertEnd(
                stream,
                io.grpc.Status.Code.INVALID_ARGUMENT,
                "initial subscription requests for a resource type must not contain a nonce");
    }

    @Test
    void tenMegabytesAreTakenFromAPeerAndNotFromAStranger() {
        String text = "x".repeat(10 * 1024 * 1024);
        Stream stranger = peer.open();
        stranger.say(HostilePeer.opening(text, "s"));
        assertThat(stranger.ended().getCode()).isEqualTo(io.grpc.Status.Code.RESOURCE_EXHAUSTED);
        assertThat(peer.exchangeFails(text).getCode()).isEqualTo(io.grpc.Status.Code.RESOURCE_EXHAUSTED);

        Stream stream = peer.admitted(streamSecret());
        stream.say(HostilePeer.list("00000001", text));
        assertThat(stream.refusal("00000001")).isEmpty();
        stream.say(HostilePeer.list("00000002"));
        assertThat(stream.refusal("00000002")).isEmpty();
    }

    @Test
    void manyTinyMessagesAreWorkedOffOneByOne() throws Exception {
        Stream stream = peer.admitted(streamSecret());
        List<ReplicationMessage> kinds = List.of(
                ReplicationMessage.getDefaultInstance(),
                HostilePeer.heartbeat(),
                HostilePeer.subscription(ResourceType.EXPORTED_SERVICE.url()));
        long before = heldBytes();
        for (int i = 0; i < FLOOD; i++) {
            while (!stream.call.isReady() && stream.isOpen()) {
                Thread.onSpinWait();
            }
            stream.say(kinds.get(i % kinds.size()));
        }
        stream.say(HostilePeer.list("00000001"));

        assertThat(stream.refusal("00000001")).isEmpty();
        assertThat(heldBytes() - before).isLessThan(MOST_HELD_FOR_A_PEER);
    }

    /** What is still held after a collection; the agent runs in this process. */
    private static long heldBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** It is not read from any more, so that it can send only what fits into the windows and buffers between the two. */
    @Test
    void aPeerThatDoesNotReadIsNotReadFromAndHoldsNobodyUp() {
        String secret = streamSecret();
        Stream stream = peer.openWithoutReading();
        stream.say(HostilePeer.opening(peer.token.peerId(), secret));
        long before = heldBytes();
        ReplicationMessage refused =
                HostilePeer.response("00000001", "type.example/" + "x".repeat(1000), "x", Any.getDefaultInstance());
        int sent = 0;
        while (sent < NEVER_TAKEN && isReadyWithin(stream, Duration.ofSeconds(3))) {
            stream.say(refused);
            sent++;
        }

        assertThat(sent).isLessThan(NEVER_TAKEN);
        assertThat(heldBytes() - before).isLessThan(MOST_HELD_FOR_A_PEER);
        assertThat(instances("/v1/health/service/precious")).hasSize(1);
    }

    private static boolean isReadyWithin(Stream stream, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (!stream.call.isReady() && stream.isOpen() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return stream.call.isReady();
    }

    @Test
    void aHalfClosedStreamIsEndedAndShownAsFailing() {
        Stream stream = peer.admitted(streamSecret());
        stream.call.halfClose();

        assertEnd(stream, io.grpc.Status.Code.UNKNOWN, "stream ended unexpectedly");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                given().get("/v1/peering/" + name).path("State").toString())
                        .isEqualTo("FAILING"));
    }

    @Test
    void terminatedEndsOnlyItsOwnPeering() {
        Stream stream = peer.admitted(streamSecret());
        stream.say(HostilePeer.service("00000001", "evil", HostilePeer.instance("n", "i", "evil")));
        assertThat(stream.refusal("00000001")).isEmpty();
        stream.say(ReplicationMessage.newBuilder()
                .setTerminated(ReplicationMessage.Terminated.getDefaultInstance())
                .build());

        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(given().get("/v1/peering/" + name).path("State").toString())
                    .isEqualTo("TERMINATED");
            assertThat(instances("/v1/health/service/evil?peer=" + name)).isEmpty();
        });
    }

    @Test
    void whoSaysNothingIsCutWithinItsBound() throws Exception {
        int heartbeatsBefore = honestStream.heartbeats.size();
        long begun = System.nanoTime();
        String[] address = peer.token.serverAddresses().get(0).split(":");
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            silent.add(new Socket(address[0], Integer.parseInt(address[1])));
        }
        SSLSocket afterTls = tls(address[0], Integer.parseInt(address[1]));
        Stream withoutOpen = peer.open();

        for (Socket socket : silent) {
            assertThat(endsWithin(socket, begun, Duration.ofSeconds(20))).isTrue();
        }
        assertEnd(
                withoutOpen,
                io.grpc.Status.Code.DEADLINE_EXCEEDED,
                "first message when initiating a peering must be: Open");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(35));
        assertThat(endsWithin(afterTls, begun, Duration.ofSeconds(60))).isTrue();
        // The longest of these waits is longer than the time between two heartbeats.
        assertThat(honestStream.heartbeats.size()).isGreaterThan(heartbeatsBefore);
    }

    private static SSLSocket tls(String host, int port) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                null,
                io.netty.handler.ssl.util.InsecureTrustManagerFactory.INSTANCE.getTrustManagers(),
                new java.security.SecureRandom());
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getByName(host), port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** Whether the server closes the connection; what it says before that is passed over. */
    private static boolean endsWithin(Socket socket, long begun, Duration bound) throws Exception {
        long left =
                bound.toMillis() - Duration.ofNanos(System.nanoTime() - begun).toMillis();
        socket.setSoTimeout((int) Math.max(1, left));
        try (Socket closing = socket) {
            InputStream in = closing.getInputStream();
            while (in.read() >= 0) {
                in.skip(in.available());
            }
            return true;
        } catch (java.net.SocketTimeoutException stillOpen) {
            return false;
        } catch (java.io.IOException reset) {
            return true;
        }
    }
}
