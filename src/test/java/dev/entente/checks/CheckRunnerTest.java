package dev.entente.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.access.AllowAll;
import dev.entente.engine.access.Caller;
import dev.entente.engine.agent.AgentCommands.CheckSpec;
import dev.entente.engine.agent.AgentCommands.RegisterService;
import dev.entente.engine.agent.AgentSettings;
import dev.entente.engine.agent.DefinedHere;
import dev.entente.engine.agent.LocalAgent;
import dev.entente.engine.agent.OwnNodeStore;
import dev.entente.engine.agent.RememberLoop;
import dev.entente.engine.agent.ReportLoop;
import dev.entente.engine.agent.Told;
import dev.entente.engine.agent.TtlReports;
import dev.entente.fake.ContextLoop;
import dev.entente.fake.InMemoryCatalogStore;
import dev.entente.fake.InMemoryDefinitions;
import dev.entente.fake.LiveCatalog;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks against real servers on the loopback. */
class CheckRunnerTest {
    private static final String NODE = "srv1";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Vertx vertx = Vertx.vertx();
    private final LiveCatalog catalog = new LiveCatalog();
    private final InMemoryCatalogStore store = new InMemoryCatalogStore();
    private final AgentSettings settings = AgentSettings.usual(
            NODE, "7f70330d-5620-0704-e194-393c185fb972", "127.0.0.1", "dc1", 8502, 8503, "1.14.0", "p");
    private final OwnNodeStore own = new OwnNodeStore(store, catalog, catalog, settings, new Told());
    private final ContextLoop loop = new ContextLoop(vertx);
    private final ReportLoop reports = new ReportLoop(catalog, catalog, new RememberLoop(store, loop), loop);
    private final TtlReports ttlReports = new TtlReports(System::nanoTime);
    private final DefinedHere defined = new DefinedHere(new InMemoryDefinitions());
    private final LocalAgent agent = new LocalAgent(own, new AllowAll(), reports, ttlReports, defined, settings);
    private final AtomicInteger answer = new AtomicInteger(200);
    private final CheckRunner runner = new CheckRunner(
            vertx,
            new CheckRunner.Engine(catalog, reports, own, ttlReports),
            NODE,
            new CheckRunner.Settings(8, Duration.ofMillis(5), Duration.ofMillis(200), Duration.ofMillis(300)),
            new Random(1));
    private HttpServer http;

    @BeforeEach
    void begin() {
        http = join(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
        runner.start();
    }

    @AfterEach
    void end() {
        runner.stop();
        join(vertx.close());
    }

    @Test
    void httpChecksFollowTheAnswer() {
        register(check("c", http("/health", List.of())));
        shows("c", "passing", "HTTP GET " + url("/health") + ": 200 OK Output: well");
        answer.set(429);
        shows("c", "warning", "HTTP GET " + url("/health") + ": 429 Too Many Requests Output: well");
        answer.set(503);
        shows("c", "critical", "HTTP GET " + url("/health") + ": 503 Service Unavailable Output: well");
    }

    @Test
    void httpChecksSendTheirHeadersAndKeepTheEndOfALongAnswer() {
        register(check("c", http("/echo", List.of("one"))), check("long", http("/long", List.of())));
        shows("c", "passing", "HTTP GET " + url("/echo") + ": 200 OK Output: one Consul Health Check");
        shows("long", "passing", "HTTP GET " + url("/long") + ": 200 OK Output: " + "x".repeat(4093) + "end");
    }

    @Test
    void whatDoesNotAnswerIsCritical() {
        register(
                check("slow", definition(url("/never"), "", "", "", Duration.ofMillis(200))),
                check("http", definition("http://127.0.0.1:1/", "", "", "", SECOND)),
                check("tcp", definition("", "127.0.0.1:1", "", "", SECOND)),
                check("grpc", definition("", "", "", "127.0.0.1:1", SECOND)));
        shows(
                "slow",
                "critical",
                "Get \"" + url("/never")
                        + "\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
        shows("http", "critical", "Get \"http://127.0.0.1:1/\": dial tcp 127.0.0.1:1: connect: connection refused");
        shows("tcp", "critical", "dial tcp 127.0.0.1:1: connect: connection refused");
        shows(
                "grpc",
                "critical",
                "rpc error: code = Unavailable desc = connection error: desc = \"transport: Error while dialing dial"
                        + " tcp 127.0.0.1:1: connect: connection refused\"");
    }

    @Test
    void tcpChecksConnect() {
        String target = "127.0.0.1:" + http.actualPort();
        register(check("c", definition("", target, "", "", SECOND)));
        shows("c", "passing", "TCP connect " + target + ": Success");
    }

    @Test
    void grpcChecksAskTheHealthService() throws IOException {
        HealthStatusManager health = new HealthStatusManager();
        health.setStatus("sick", ServingStatus.NOT_SERVING);
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .addService(health.getHealthService())
                .build()
                .start();
        String target = "127.0.0.1:" + server.getPort();
        try {
            register(
                    check("all", definition("", "", "", target, SECOND)),
                    check("sick", definition("", "", "", target + "/sick", SECOND)),
                    check("unknown", definition("", "", "", target + "/unknown", SECOND)));
            shows("all", "passing", "gRPC check " + target + ": success");
            shows("sick", "critical", "gRPC " + target + "/sick serving status: NOT_SERVING");
            await().untilAsserted(() ->
                    assertThat(shown("unknown").output()).startsWith("rpc error: code = NotFound desc = "));
        } finally {
            server.shutdownNow();
        }
    }

    @Test
    void aTtlCheckThatStaysSilentTurnsCritical() {
        register(check("c", ttl(Duration.ofMillis(400))), check("quiet", ttl(Duration.ofMillis(300))));
        report("c", "passing", "all good");
        shows("quiet", "critical", "TTL expired");
        shows("c", "critical", "TTL expired (last output before timeout follows): all good");
        report("c", "passing", "back");
        shows("c", "passing", "back");
        shows("c", "critical", "TTL expired (last output before timeout follows): back");
    }

    @Test
    void anAliasFollowsItsService() {
        register(check("c", ttl(Duration.ofMinutes(1))));
        done(agent.registerService(
                Caller.ANONYMOUS,
                PartitionName.DEFAULT,
                new RegisterService(
                        Service.typical("side", "side", 0),
                        List.of(
                                check("alias", CheckDefinition.NONE.withAliasService("web")),
                                check("lost", CheckDefinition.NONE.withAliasService("nope"))),
                        Optional.empty(),
                        false)));
        shows("lost", "critical", "Service nope could not be found on node ");
        shows("alias", "critical", "Aliased check \"c\" failing: ");
        report("c", "passing", "");
        shows("alias", "passing", "All checks passing.");
    }

    @Test
    void aServiceThatIsCriticalForTooLongGoesAway() {
        CheckDefinition ttl = ttl(Duration.ofMillis(100));
        register(check("c", withDeregistration(ttl, Duration.ofMillis(1))));
        await().untilAsserted(() ->
                assertThat(catalog.defaultPartition().serviceOn(NODE, "web")).isEmpty());
    }

    @Test
    void aCheckThatIsGoneIsRunNoMore() {
        register(check("c", http("/health", List.of())));
        shows("c", "passing", "HTTP GET " + url("/health") + ": 200 OK Output: well");
        done(agent.deregisterService(Caller.ANONYMOUS, PartitionName.DEFAULT, "web"));
        assertThat(catalog.defaultPartition().check(NODE, "c")).isEmpty();
        assertThat(runner.skippedRuns()).isZero();
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/never" -> request.response().setChunked(true);
            case "/long" -> request.response().end("x".repeat(20_000) + "end");
            case "/echo" -> request.response().end(request.getHeader("X-A") + " " + request.getHeader("User-Agent"));
            default -> request.response().setStatusCode(answer.get()).end("well");
        }
    }

    private void register(CheckSpec... checks) {
        RegisterService web =
                new RegisterService(Service.typical("web", "web", 80), List.of(checks), Optional.empty(), false);
        done(agent.registerService(Caller.ANONYMOUS, PartitionName.DEFAULT, web));
    }

    private void report(String id, String status, String output) {
        done(agent.report(Caller.ANONYMOUS, PartitionName.DEFAULT, id, status, output));
    }

    private void shows(String id, String status, String output) {
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> {
                    assertThat(shown(id).output()).isEqualTo(output);
                    assertThat(shown(id).status()).isEqualTo(status);
                });
    }

    private Check shown(String id) {
        return catalog.check(NODE, id);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + http.actualPort() + path;
    }

    private CheckDefinition http(String path, List<String> header) {
        CheckDefinition plain = definition(url(path), "", "", "", SECOND);
        return new CheckDefinition(
                plain.http(),
                "",
                false,
                header.isEmpty() ? Map.of() : Map.of("X-A", header),
                "",
                "",
                false,
                "",
                "",
                "",
                "",
                false,
                SECOND,
                0,
                SECOND,
                Duration.ZERO,
                List.of(),
                "",
                "",
                "",
                false,
                "",
                "",
                Duration.ZERO,
                0,
                0,
                0);
    }

    private static CheckDefinition definition(String http, String tcp, String udp, String grpc, Duration timeout) {
        return new CheckDefinition(
                http,
                "",
                false,
                Map.of(),
                "",
                "",
                false,
                tcp,
                udp,
                "",
                "",
                false,
                SECOND,
                0,
                timeout,
                Duration.ZERO,
                List.of(),
                "",
                "",
                grpc,
                false,
                "",
                "",
                Duration.ZERO,
                0,
                0,
                0);
    }

    private static CheckDefinition ttl(Duration ttl) {
        return withDeregistration(ttl, Duration.ZERO);
    }

    private static CheckDefinition withDeregistration(CheckDefinition ttl, Duration after) {
        return withDeregistration(ttl.ttl(), after);
    }

    private static CheckDefinition withDeregistration(Duration ttl, Duration after) {
        return new CheckDefinition(
                "",
                "",
                false,
                Map.of(),
                "",
                "",
                false,
                "",
                "",
                "",
                "",
                false,
                Duration.ZERO,
                0,
                Duration.ZERO,
                after,
                List.of(),
                "",
                "",
                "",
                false,
                "",
                "",
                ttl,
                0,
                0,
                0);
    }

    private static CheckSpec check(String id, CheckDefinition definition) {
        return new CheckSpec(id, id, "", "", "", definition);
    }

    private static void done(Uni<Void> result) {
        result.await().atMost(Duration.ofSeconds(5));
    }

    private static <T> T join(io.vertx.core.Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
