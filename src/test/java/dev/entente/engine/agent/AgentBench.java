package dev.entente.engine.agent;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.access.AllowAll;
import dev.entente.engine.access.Caller;
import dev.entente.engine.agent.AgentCommands.CheckSpec;
import dev.entente.engine.agent.AgentCommands.RegisterService;
import dev.entente.engine.agent.AgentCommands.SidecarSpec;
import dev.entente.engine.port.CheckReports;
import dev.entente.fake.InMemoryCatalogStore;
import dev.entente.fake.InMemoryDefinitions;
import dev.entente.fake.LiveCatalog;
import dev.entente.fake.VirtualLoop;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** An agent over fakes, in virtual time. */
final class AgentBench {
    static final String NODE = "srv1";
    static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    static final Duration UPDATE_INTERVAL = Duration.ofMinutes(5);

    final LiveCatalog catalog = new LiveCatalog();
    final InMemoryCatalogStore store = new InMemoryCatalogStore();
    final VirtualLoop loop = new VirtualLoop();
    final AgentSettings settings = AgentSettings.usual(
            NODE, "7f70330d-5620-0704-e194-393c185fb972", "127.0.0.31", "dc1", 8502, 8503, "1.14.0", "process-1");
    final Told told = new Told();
    final OwnNodeStore own = new OwnNodeStore(store, catalog, catalog, settings, told);
    final RememberLoop remembered = new RememberLoop(store, loop);
    final CheckReports written = new ReportLoop(catalog, catalog, remembered, loop);
    final OutputPace pace = new OutputPace(
            new OutputPace.Rhythm(UPDATE_INTERVAL, new Random(1), trouble -> {}), told, catalog, written, loop);
    final CheckReports reports = new HeardReports(told, NODE, pace, written);
    final TtlReports ttlReports = new TtlReports(loop::nanoTime);
    final DefinedHere defined = new DefinedHere(new InMemoryDefinitions());
    final LocalAgent agent = new LocalAgent(own, new AllowAll(), reports, ttlReports, defined, settings);

    void register(RegisterService command) {
        await(agent.registerService(Caller.ANONYMOUS, PartitionName.DEFAULT, command));
    }

    void register(CheckSpec check) {
        await(agent.registerCheck(Caller.ANONYMOUS, PartitionName.DEFAULT, check));
    }

    <T> T await(Uni<T> result) {
        UniAssertSubscriber<T> subscriber = result.subscribe().withSubscriber(UniAssertSubscriber.create());
        loop.run();
        if (subscriber.getFailure() != null && subscriber.getFailure() instanceof RuntimeException failure) {
            throw failure;
        }
        return subscriber.assertCompleted().getItem();
    }

    Check check(String id) {
        return catalog.check(NODE, id);
    }

    Service service(String id) {
        return catalog.defaultPartition().serviceOn(NODE, id).orElseThrow().value();
    }

    static RegisterService plain(Service service, CheckSpec... checks) {
        return new RegisterService(service, List.of(checks), Optional.empty(), false);
    }

    static RegisterService withSidecar(Service service, CheckSpec... checks) {
        return new RegisterService(
                service, List.of(checks), Optional.of(new SidecarSpec(Service.typical("", "", 0), List.of())), false);
    }

    static CheckSpec ttl(String id, String name, String status) {
        return new CheckSpec(id, name, "", status, "", ttl(TEN_MINUTES));
    }

    static CheckDefinition ttl(Duration ttl) {
        return definition("", Duration.ZERO, ttl, List.of());
    }

    static CheckDefinition http(String url, Duration interval) {
        return definition(url, interval, Duration.ZERO, List.of());
    }

    static CheckDefinition script() {
        return definition("", Duration.ofSeconds(10), Duration.ZERO, List.of("true"));
    }

    static CheckDefinition udp() {
        return definition("", "127.0.0.1:1", TEN_MINUTES, Duration.ZERO, List.of());
    }

    private static CheckDefinition definition(String http, Duration interval, Duration ttl, List<String> script) {
        return definition(http, "", interval, ttl, script);
    }

    private static CheckDefinition definition(
            String http, String udp, Duration interval, Duration ttl, List<String> script) {
        return new CheckDefinition(
                http,
                "",
                false,
                Map.of(),
                "",
                "",
                false,
                "",
                udp,
                "",
                "",
                false,
                interval,
                0,
                Duration.ZERO,
                Duration.ZERO,
                script,
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
}
