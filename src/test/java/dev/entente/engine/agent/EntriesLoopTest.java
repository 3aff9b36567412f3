package dev.entente.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.Weights;
import dev.entente.domain.chain.EntrySet;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.CatalogStore.Selection;
import dev.entente.engine.port.CatalogStore.Writes;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.view.Publisher;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the catalog keeps of an agent's proxies follows the config entries, as a real server showed it. */
class EntriesLoopTest {
    private static final Duration A_WHILE = Duration.ofMinutes(1);

    private final AgentBench bench = new AgentBench();
    private final List<Throwable> troubles = new ArrayList<>();
    private final EntriesLoop entries = new EntriesLoop(bench.own, bench.catalog, bench.loop, troubles::add);
    private long version = 1_000;

    @BeforeEach
    void start() {
        bench.await(bench.own.addNode());
        entries.start();
        bench.loop.run();
    }

    private void put(ConfigEntry entry) {
        publish(Change.upsert(
                RecordKind.CONFIG_ENTRY, Keys.configEntry(entry.kind(), entry.name()), ++version, version, entry));
    }

    private void delete(ConfigEntry entry) {
        publish(Change.removal(RecordKind.CONFIG_ENTRY, Keys.configEntry(entry.kind(), entry.name()), ++version));
    }

    private void publish(Change change) {
        bench.await(bench.catalog.publish(PartitionName.DEFAULT, List.of(change)));
    }

    private Proxy proxyOfWeb() {
        return bench.service("web-sidecar-proxy").proxy();
    }

    private void registerWeb() {
        bench.register(AgentBench.withSidecar(Service.typical("web", "web", 80)));
    }

    @Test
    void aProxyIsKeptWithWhatEntriesSayWhenItIsRegistered() {
        put(EntrySet.allSpeak("http"));

        registerWeb();

        assertThat(proxyOfWeb().config()).containsEntry("protocol", "http");
        assertThat(proxyOfWeb().asGiven().config()).isEmpty();
        assertThat(bench.service("web").proxy()).isEqualTo(Proxy.NONE);
    }

    @Test
    void aChangeOfAnEntryReachesTheCatalogAtOnce() {
        registerWeb();
        put(EntrySet.allSpeak("http"));
        assertThat(proxyOfWeb().config()).containsEntry("protocol", "http");

        put(EntrySet.speaks("web", "grpc"));
        assertThat(proxyOfWeb().config()).containsEntry("protocol", "grpc");

        delete(EntrySet.speaks("web", "grpc"));
        assertThat(proxyOfWeb().config()).containsEntry("protocol", "http");

        delete(EntrySet.allSpeak("http"));
        assertThat(proxyOfWeb().config()).isEmpty();
        assertThat(troubles).isEmpty();
    }

    @Test
    void anEntryThatSaysNothingOfAProxyWritesNothing() {
        registerWeb();
        int before = bench.catalog.published().size();

        put(EntrySet.speaks("other", "grpc"));
        bench.loop.advance(A_WHILE);

        assertThat(bench.catalog.published()).as("the entry alone").hasSize(before + 1);
    }

    @Test
    void itsOwnWritesDoNotWakeItAgain() {
        registerWeb();
        int before = bench.catalog.published().size();

        put(EntrySet.allSpeak("http"));
        bench.loop.advance(A_WHILE);

        assertThat(bench.catalog.published()).as("the entry and the proxy").hasSize(before + 2);
    }

    @Test
    void registeringTheSameAgainWritesNothing() {
        put(EntrySet.allSpeak("http"));
        registerWeb();
        int before = bench.catalog.published().size();

        registerWeb();

        assertThat(bench.catalog.published()).hasSize(before);
    }

    @Test
    void whatChangedWhileItWasAwayIsCaughtUpWith() {
        registerWeb();
        entries.stop();
        bench.loop.run();
        put(EntrySet.allSpeak("http"));
        assertThat(proxyOfWeb().config()).isEmpty();

        entries.start();
        bench.loop.run();

        assertThat(proxyOfWeb().config()).containsEntry("protocol", "http");
    }

    @Test
    void aGatewayThatItsEntryHasCopiedIsRegisteredAgainWhenAnotherEntryChangesIt() {
        Service gateway = new Service(
                Service.TERMINATING_GATEWAY,
                "term",
                "term",
                List.of(),
                "",
                Map.of(),
                Map.of(),
                8443,
                "",
                Weights.DEFAULT,
                false,
                Proxy.NONE,
                Connect.NONE);
        bench.register(AgentBench.plain(gateway));
        var copied = new Writes(Optional.empty(), List.of(gateway.copied()), List.of(), Set.of(), Set.of(), false);
        bench.await(bench.store
                .decide(
                        PartitionName.DEFAULT,
                        new Selection(AgentBench.NODE, Set.of("term"), Set.of(), "", false),
                        rows -> Outcome.accepted(copied))
                .chain(committed -> bench.catalog.publish(PartitionName.DEFAULT, committed)));
        assertThat(bench.service("term").isCopy()).isTrue();

        put(EntrySet.allSpeak("http"));

        assertThat(bench.service("term").isCopy()).isFalse();
        assertThat(bench.service("term").proxy().config()).containsEntry("protocol", "http");
    }

    /** The registration was decided before this replica showed the entry, which therefore found no proxy to change. */
    @Test
    void anEntryThatChangesWhileAProxyIsRegisteredCountsAtOnce() {
        entries.stop();
        bench.loop.run();
        OwnNodeStore slow = new OwnNodeStore(
                bench.store, new EntryFirst(EntrySet.allSpeak("http")), bench.catalog, bench.settings, bench.told);

        bench.await(slow.add(
                PartitionName.DEFAULT,
                AgentRegistration.of(AgentBench.withSidecar(Service.typical("web", "web", 80)))
                        .orThrow()));

        assertThat(proxyOfWeb().config()).containsEntry("protocol", "http");
    }

    /** Publishes an entry before whatever else it is given. */
    private final class EntryFirst implements Publisher {
        private final ConfigEntry entry;

        EntryFirst(ConfigEntry entry) {
            this.entry = entry;
        }

        @Override
        public <T> Uni<T> publish(PartitionName partition, Committed<T> committed) {
            put(entry);
            return bench.catalog.publish(partition, committed);
        }

        @Override
        public Uni<Void> publish(PartitionName partition, List<Change> changes) {
            put(entry);
            return bench.catalog.publish(partition, changes);
        }
    }

    @Test
    void aStoppedLoopWritesNothing() {
        registerWeb();
        entries.stop();
        bench.loop.run();

        put(EntrySet.allSpeak("http"));
        bench.loop.advance(A_WHILE);

        assertThat(proxyOfWeb().config()).isEmpty();
    }
}
