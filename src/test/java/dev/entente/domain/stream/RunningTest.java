package dev.entente.domain.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.identity.TrustDomain;
import dev.entente.domain.peering.Remote;
import dev.entente.domain.peering.StreamStatus;
import dev.entente.domain.stream.StreamMessage.Nack;
import dev.entente.domain.stream.StreamMessage.Open;
import dev.entente.domain.stream.StreamMessage.Payload;
import dev.entente.domain.stream.StreamMessage.Request;
import dev.entente.domain.stream.StreamMessage.Response;
import dev.entente.domain.trust.TrustBundle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunningTest {
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
    private static final String REMOTE = "11111111-1111-1111-1111-111111111111";
    private static final String SERVICE = ResourceType.EXPORTED_SERVICE.url();
    private static final String LIST = ResourceType.EXPORTED_SERVICE_LIST.url();
    private static final String BUNDLE = ResourceType.TRUST_BUNDLE.url();
    private static final String ADDRESSES = ResourceType.SERVER_ADDRESSES.url();

    private final List<Effect> effects = new ArrayList<>();
    private Instant now = START;
    private Session session = new Admitting(StreamSettings.DEFAULT, START.plusSeconds(5));

    private void dialer() {
        Open open = new Open(REMOTE, new Secret("s"), new Remote("", "dc2"));
        session = Session.dialing(StreamSettings.DEFAULT, open, now).next();
        on(new StreamEvent.TransportReady());
    }

    private void acceptor() {
        on(new StreamEvent.Admitted());
        on(new StreamEvent.TransportReady());
    }

    private void on(StreamEvent event) {
        Step step = session.on(event, now);
        session = step.next();
        effects.addAll(step.effects());
    }

    private void receive(StreamMessage message) {
        on(new StreamEvent.Received(message));
    }

    private List<StreamMessage> sent() {
        List<StreamMessage> sent = effects.stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect -> ((Effect.Send) effect).message())
                .toList();
        effects.clear();
        return sent;
    }

    private List<String> published() {
        return sent().stream()
                .filter(Response.class::isInstance)
                .map(Response.class::cast)
                .map(response -> response.nonce() + " " + response.resourceId())
                .toList();
    }

    private StreamStatus status() {
        return effects.stream()
                .filter(Effect.RecordStatus.class::isInstance)
                .map(effect -> ((Effect.RecordStatus) effect).status())
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    private static Request subscription(String url) {
        return new Request("", "", url, null);
    }

    private static Resource.ExportedService service(String name, int instances) {
        List<ImportedInstance> list = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            list.add(new ImportedInstance(node("n" + i), Service.typical(name + i, name, 80), List.of()));
        }
        return new Resource.ExportedService(list);
    }

    private static Node node(String name) {
        return new Node("", name, "10.0.0.1", "dc1", Map.of(), Map.of());
    }

    private static Exports exporting(String... names) {
        Map<String, Resource.ExportedService> services = new LinkedHashMap<>();
        Map<String, Resource.ExportedService> synthetic = new LinkedHashMap<>();
        for (String name : names) {
            services.put(name, service(name, 1));
            synthetic.put(name + "-sidecar-proxy", new Resource.ExportedService(List.of()));
        }
        return new Exports(List.of(names), synthetic, services);
    }

    private static Response response(String url, String id, Resource resource) {
        return new Response("0000000a", url, id, 1, new Payload(url, resource));
    }

    @Test
    void aDialerOpensAndSubscribesToFourResourcesInTheDocumentedOrder() {
        dialer();
        assertThat(sent())
                .containsExactly(
                        new Open(REMOTE, new Secret("s"), new Remote("", "dc2")),
                        new Request(REMOTE, "", SERVICE, null),
                        new Request(REMOTE, "", LIST, null),
                        new Request(REMOTE, "", BUNDLE, null),
                        new Request(REMOTE, "", ADDRESSES, null));
    }

    @Test
    void anAcceptorSubscribesToThreeWithoutAPeerId() {
        acceptor();
        assertThat(sent()).containsExactly(subscription(SERVICE), subscription(LIST), subscription(BUNDLE));
    }

    @Test
    void nothingIsPublishedThatWasNotSubscribedTo() {
        acceptor();
        sent();
        on(new StreamEvent.BundleChanged(bundle()));
        on(new StreamEvent.ExportsChanged(exporting("web")));
        assertThat(sent()).isEmpty();
        receive(subscription(BUNDLE));
        assertThat(published()).containsExactly("00000001 roots");
    }

    @Test
    void theSubscriptionToServicesOpensTheListTooInTheOrderProxiesListServices() {
        acceptor();
        sent();
        on(new StreamEvent.ExportsChanged(exporting("api", "web")));
        receive(subscription(SERVICE));
        assertThat(published())
                .containsExactly(
                        "00000001 api-sidecar-proxy",
                        "00000002 web-sidecar-proxy",
                        "00000003 exported-service-list",
                        "00000004 api",
                        "00000005 web");
    }

    @Test
    void anUnexportWithoutGatewaysIsTheListAlone() {
        exportingWeb();
        on(new StreamEvent.ExportsChanged(exporting()));
        assertThat(published()).containsExactly("00000004 exported-service-list");
    }

    @Test
    void anUnexportWithGatewaysEmptiesTheProxyBeforeTheList() {
        exportingWeb();
        Map<String, Resource.ExportedService> proxies = Map.of("web-sidecar-proxy", service("web-sidecar-proxy", 1));
        on(new StreamEvent.ExportsChanged(new Exports(List.of("web"), proxies, Map.of())));
        on(new StreamEvent.ExportsChanged(exporting()));
        assertThat(published())
                .containsExactly(
                        "00000004 web-sidecar-proxy", "00000005 web-sidecar-proxy", "00000006 exported-service-list");
    }

    @Test
    void aReexportedNameIsSentInFullAgain() {
        exportingWeb();
        on(new StreamEvent.ExportsChanged(exporting()));
        on(new StreamEvent.ExportsChanged(exporting("web")));
        assertThat(published())
                .containsExactly(
                        "00000004 exported-service-list",
                        "00000005 web-sidecar-proxy",
                        "00000006 exported-service-list",
                        "00000007 web");
    }

    @Test
    void anEqualPayloadIsNotSentTwice() {
        exportingWeb();
        on(new StreamEvent.ServicesChanged(Map.of("web", service("web", 1))));
        assertThat(published()).isEmpty();
    }

    @Test
    void aServiceThatIsNotExportedIsPassedOver() {
        exportingWeb();
        on(new StreamEvent.ServicesChanged(Map.of("secret", service("secret", 1))));
        assertThat(published()).isEmpty();
    }

    @Test
    void aPeerThatDoesNotReadIsOwedOnlyTheNewestState() {
        exportingWeb();
        Running running = (Running) session;
        session = new Running(
                running.conversation(),
                running.subscribed(),
                running.outbox().withRoom(0),
                null,
                running.journal(),
                running.silentUntil());
        for (int instances = 2; instances < 50; instances++) {
            on(new StreamEvent.ServicesChanged(Map.of("web", service("web", instances))));
        }
        assertThat(sent()).isEmpty();
        on(new StreamEvent.TransportReady());
        List<StreamMessage> sent = sent();
        assertThat(sent).hasSize(1);
        Payload payload = ((Response) sent.get(0)).payload();
        assertThat(payload).isEqualTo(new Payload(SERVICE, service("web", 49)));
    }

    @Test
    void aStateThatReturnedToWhatWasSentLastIsNotSent() {
        exportingWeb();
        Running running = (Running) session;
        session = new Running(
                running.conversation(),
                running.subscribed(),
                running.outbox().withRoom(0),
                null,
                running.journal(),
                running.silentUntil());
        on(new StreamEvent.ServicesChanged(Map.of("web", service("web", 2))));
        on(new StreamEvent.ServicesChanged(Map.of("web", service("web", 1))));
        on(new StreamEvent.TransportReady());
        assertThat(sent()).isEmpty();
    }

    @Test
    void oneTurnSendsNoMoreThanTheBatch() {
        acceptor();
        receive(subscription(SERVICE));
        sent();
        String[] names = new String[500];
        for (int i = 0; i < names.length; i++) {
            names[i] = "s" + i;
        }
        on(new StreamEvent.ExportsChanged(exporting(names)));
        int turns = 1;
        int total = published().size();
        while (total < 1001) {
            on(new StreamEvent.TransportReady());
            int more = published().size();
            assertThat(more).isBetween(1, StreamSettings.DEFAULT.sendBatch());
            total += more;
            turns++;
        }
        assertThat(total).isEqualTo(1001);
        assertThat(turns).isGreaterThan(10);
    }

    @Test
    void aStoredServiceIsAcknowledgedAfterTheStore() {
        acceptor();
        sent();
        receive(response(SERVICE, "web", service("web", 2)));
        assertThat(effects).singleElement().isInstanceOf(Effect.Store.class);
        effects.clear();
        on(new StreamEvent.Stored("0000000a"));
        assertThat(sent()).containsExactly(new Request("", "0000000a", SERVICE, null));
    }

    @Test
    void nothingMoreIsAskedForWhileSomethingIsBeingStored() {
        acceptor();
        effects.clear();
        receive(response(SERVICE, "web", service("web", 2)));
        assertThat(effects).noneMatch(Effect.RequestMore.class::isInstance);
        on(new StreamEvent.Stored("0000000a"));
        assertThat(effects).filteredOn(Effect.RequestMore.class::isInstance).hasSize(1);
    }

    @Test
    void aRefusedStoreIsANackWithTheDocumentedPrefix() {
        acceptor();
        sent();
        receive(response(LIST, "exported-service-list", new Resource.ExportedServiceList(List.of("web"))));
        on(new StreamEvent.StoreRefused("0000000a", "no room"));
        assertThat(sent())
                .containsExactly(
                        new Request(
                                "",
                                "0000000a",
                                LIST,
                                new Nack(
                                        13,
                                        "upsert error, ResourceURL: \"" + LIST
                                                + "\", ResourceID: \"exported-service-list\": did not"
                                                + " update imported services based on the exported service list event: no room")));
    }

    @Test
    void theStoredListIsWhatTheStatusCallsImported() {
        acceptor();
        receive(response(LIST, "exported-service-list", new Resource.ExportedServiceList(List.of("web", "api"))));
        on(new StreamEvent.Stored("0000000a"));
        assertThat(status().imported()).containsExactly("web", "api");
    }

    static Stream<Arguments> badResponses() {
        String web = "upsert error, ResourceURL: \"" + SERVICE + "\", ResourceID: \"web\": ";
        Payload good = new Payload(SERVICE, service("web", 1));
        Payload foreign = new Payload(SERVICE, service("other", 1));
        Payload mismatched = new Payload(LIST, new Resource.ExportedServiceList(List.of()));
        Payload garbage = new Payload(SERVICE, new Resource.Undecodable("unexpected end"));
        Payload noNode = new Payload(
                SERVICE,
                new Resource.ExportedService(
                        List.of(new ImportedInstance(node(""), Service.typical("web1", "web", 80), List.of()))));
        Payload addresses = new Payload(ADDRESSES, new Resource.ServerAddresses(List.of("127.0.0.1:1")));
        return Stream.of(
                Arguments.of(
                        new Response("1", "type/x\"", "web", 1, good),
                        3,
                        "received response for unknown resource type \"type/x\\\"\""),
                Arguments.of(
                        new Response("", SERVICE, "web", 1, good),
                        3,
                        "received response without a nonce for: " + SERVICE + ":web"),
                Arguments.of(
                        new Response("1", SERVICE, "web", 0, good),
                        3,
                        "unsupported operation: \"OPERATION_UNSPECIFIED\""),
                Arguments.of(new Response("1", SERVICE, "web", 7, good), 3, "unsupported operation: 7"),
                Arguments.of(new Response("1", SERVICE, "web", 1, null), 3, "received upsert response with no content"),
                Arguments.of(
                        new Response("1", SERVICE, "web", 1, mismatched),
                        13,
                        web + "mismatched resourceURL \"" + SERVICE + "\" and Any typeUrl \"" + LIST + "\""),
                Arguments.of(
                        new Response("1", SERVICE, "web", 1, garbage),
                        13,
                        web + "failed to unmarshal resource: unexpected end"),
                Arguments.of(
                        new Response("1", SERVICE, "web", 1, foreign),
                        13,
                        web
                                + "did not increment imported services count for service=\"web\": failed to register service:"
                                + " other does not belong to web"),
                Arguments.of(
                        new Response("1", SERVICE, "web", 1, noNode),
                        13,
                        web + "did not increment imported services count for service=\"web\": failed to register node:"
                                + " missing node name"),
                Arguments.of(
                        new Response("1", ADDRESSES, "server-addrs", 1, addresses),
                        13,
                        "upsert error, ResourceURL: \"" + ADDRESSES + "\", ResourceID: \"server-addrs\": Cannot switch"
                                + " peering dialing mode from false to true"));
    }

    @ParameterizedTest
    @MethodSource("badResponses")
    void aBadResponseIsRefusedAndTheStreamStays(Response bad, int code, String text) {
        acceptor();
        sent();
        receive(bad);
        assertThat(effects).anyMatch(Effect.RequestMore.class::isInstance);
        assertThat(status().lastReceiveError()).isEqualTo(now);
        assertThat(status().lastStored()).isNull();
        assertThat(sent()).containsExactly(new Request("", bad.nonce(), bad.resourceUrl(), new Nack(code, text)));
        assertThat(session).isInstanceOf(Running.class);
    }

    static Stream<Arguments> badSubscriptions() {
        return Stream.of(
                Arguments.of(new Request("", "", "x", null), "subscription request to unknown resource URL: x"),
                Arguments.of(
                        new Request("other", "", LIST, null),
                        "initial subscription requests for a resource type must have consistent PeerID values:"
                                + " got=\"other\" expected=\"" + REMOTE + "\""),
                Arguments.of(
                        new Request("", "1", LIST, null),
                        "initial subscription requests for a resource type must not contain a nonce"),
                Arguments.of(
                        new Request("", "", LIST, new Nack(13, "x")),
                        "initial subscription request for a resource type must not contain an error"));
    }

    @ParameterizedTest
    @MethodSource("badSubscriptions")
    void aBadSubscriptionEndsTheStream(Request bad, String text) {
        dialer();
        effects.clear();
        receive(bad);
        assertThat(effects).contains(new Effect.Fail(new Ending.Failed(3, text)));
        assertThat(status().lastError()).isEqualTo(text);
        assertThat(session).isEqualTo(new Ended(new Ending.Failed(3, text)));
    }

    @Test
    void anAcceptorDoesNotLookAtThePeerIdOfSubscriptions() {
        acceptor();
        receive(new Request("whatever", "", LIST, null));
        assertThat(session).isInstanceOf(Running.class);
    }

    @Test
    void acksAndNacksAreNotedAndNothingGoesOutAgain() {
        exportingWeb();
        now = now.plusSeconds(1);
        receive(new Request("", "00000001", SERVICE, null));
        assertThat(status().lastAck()).isEqualTo(now);
        receive(new Request("", "00000002", SERVICE, new Nack(13, "x")));
        assertThat(status().lastNack()).isEqualTo(now);
        assertThat(sent()).isEmpty();
    }

    @Test
    void onlyHeartbeatsKeepAStreamAlive() {
        acceptor();
        now = START.plusSeconds(119);
        receive(subscription(LIST));
        on(new StreamEvent.Tick());
        assertThat(session).isInstanceOf(Running.class);
        receive(new StreamMessage.Heartbeat());
        now = now.plusSeconds(119);
        on(new StreamEvent.Tick());
        assertThat(session).isInstanceOf(Running.class);
        now = now.plusSeconds(1);
        on(new StreamEvent.Tick());
        assertThat(session).isEqualTo(new Ended(new Ending.Failed(2, "heartbeat timeout")));
    }

    @Test
    void theTimeThatStoringTakesIsNotSilenceOfTheOtherSide() {
        acceptor();
        now = START.plusSeconds(100);
        receive(response(SERVICE, "web", service("web", 1)));
        now = now.plus(Duration.ofSeconds(90));
        on(new StreamEvent.Tick());
        on(new StreamEvent.Stored("0000000a"));
        on(new StreamEvent.Tick());
        assertThat(session).isInstanceOf(Running.class);
        now = now.plusSeconds(20);
        on(new StreamEvent.Tick());
        assertThat(session).isInstanceOf(Ended.class);
    }

    @Test
    void aDeletionHereSaysTerminatedAndWaitsForTheOtherSide() {
        dialer();
        effects.clear();
        on(new StreamEvent.PeeringDeleted());
        assertThat(effects)
                .containsExactly(
                        new Effect.Send(new StreamMessage.Terminated()),
                        new Effect.ForgetStatus(),
                        new Effect.Complete());
        on(new StreamEvent.TransportEnded());
        assertThat(session).isEqualTo(new Ended(new Ending.Farewell()));
    }

    @Test
    void aTerminationIsStoredBeforeAnythingElseAndLeavesTheListsReadable() {
        acceptor();
        receive(response(LIST, "", new Resource.ExportedServiceList(List.of("db"))));
        on(new StreamEvent.Stored("0000000a"));
        effects.clear();
        receive(new StreamMessage.Terminated());
        assertThat(effects).hasSize(3).startsWith(new Effect.MarkTerminated(), new Effect.RequestMore());
        assertThat(status().connected()).isFalse();
        assertThat(status().lastError()).isNull();
        assertThat(status().imported()).containsExactly("db");
        effects.clear();
        on(new StreamEvent.TransportEnded());
        assertThat(effects).containsExactly(new Effect.Complete());
    }

    @Test
    void anEndWithoutTerminatedIsUnexpected() {
        acceptor();
        effects.clear();
        on(new StreamEvent.TransportEnded());
        assertThat(status().lastError()).isEqualTo("stream ended unexpectedly");
        assertThat(status().connected()).isFalse();
    }

    @Test
    void aBrokenTransportIsNotedWithItsStatus() {
        dialer();
        effects.clear();
        on(new StreamEvent.TransportFailed(new Ending.Failed(7, "invalid peering stream secret")));
        assertThat(status().lastError())
                .isEqualTo(
                        "unexpected error receiving from the stream: rpc error: code = PermissionDenied desc = invalid"
                                + " peering stream secret");
    }

    @Test
    void aStopIsNoErrorAndNoTermination() {
        acceptor();
        effects.clear();
        on(new StreamEvent.Stop());
        assertThat(status().lastError()).isNull();
        assertThat(sent()).isEmpty();
        assertThat(session).isEqualTo(new Ended(new Ending.Stopped()));
    }

    @Test
    void aDialerThatStopsCancelsSinceAHalfCloseAloneLooksLikeAFault() {
        dialer();
        effects.clear();
        on(new StreamEvent.Stop());
        assertThat(status().lastError()).isNull();
        assertThat(effects)
                .last()
                .isEqualTo(new Effect.Fail(Ending.Failed.of(StatusCode.CANCELLED, Running.STOPPING.text())));
        assertThat(session).isEqualTo(new Ended(new Ending.Stopped()));
    }

    @Test
    void aLostLeaseLeavesTheStatusToItsNewOwner() {
        acceptor();
        effects.clear();
        on(new StreamEvent.LeaseLost());
        assertThat(effects).hasSize(1).first().isInstanceOf(Effect.Fail.class);
    }

    private void exportingWeb() {
        acceptor();
        receive(subscription(SERVICE));
        on(new StreamEvent.ExportsChanged(exporting("web")));
        effects.clear();
    }

    private static Resource.Bundle bundle() {
        return new Resource.Bundle(new TrustBundle(new TrustDomain("x.consul"), List.of("pem"), ""));
    }
}
