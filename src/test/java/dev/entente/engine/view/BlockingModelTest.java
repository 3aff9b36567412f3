package dev.entente.engine.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.ImportedService;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.query.CatalogSelectors;
import dev.entente.domain.query.Filter;
import dev.entente.domain.query.Row;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ChangeLog.Beginning;
import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.port.ServiceRecord;
import dev.entente.engine.view.Topic.Subject;
import dev.entente.fake.InMemoryChangeLog;
import dev.entente.fake.LoneCluster;
import dev.entente.fake.VirtualLoop;
import dev.entente.rest.http.Re2Expressions;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random writes and random waiting reads of every kind over the real view: nobody is woken by a change that leaves the answer as it was,
 * and nobody waits while the answer is another than the one known. Some readers are away for a while; in between replicas are
 * started anew from the same log. The seed is in the name of the failed test; {@code -Dblocking.seeds=N} runs more.
 */
class BlockingModelTest {
    private static final List<String> NODES = List.of("a", "B", "c");
    private static final List<String> SERVICES = List.of("web", "Web", "db", "web-sidecar-proxy");
    private static final List<String> STATUSES = List.of(Check.PASSING, Check.WARNING, Check.CRITICAL);
    private static final PeerName PEER = Entries.ALPHA.name();
    private static final Duration WAIT = Duration.ofSeconds(60);

    private final VirtualLoop loop = new VirtualLoop();
    private final InMemoryChangeLog log = new InMemoryChangeLog((partition, lease) -> true, loop);
    private final List<Reader> readers = new ArrayList<>();
    /** What went wrong; an assertion inside an answer would be lost. */
    private final List<String> faults = new ArrayList<>();

    private LogView view = started();
    private long version;

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, Integer.getInteger("blocking.seeds", 5)), new Random().longs(2));
    }

    /** A kind of read. {@code exact}: its index moves exactly when its answer does, also while nobody waits. */
    private record Query(
            String name, Set<Topic> topics, boolean exact, Function<PartitionView, Found<? extends Object>> read) {}

    private LogView started() {
        log.begin(PartitionName.DEFAULT, Uni.createFrom().item(new Beginning(3, 0, List.of())))
                .await()
                .indefinitely();
        LogView fresh = new LogView(
                log,
                new Recovery(log, new LoneCluster("x")),
                new LogView.Drive(() -> loop, new Random(1), (partition, trouble) -> {
                    throw new AssertionError(trouble);
                }),
                LogView.Settings.DEFAULT);
        fresh.start().await().indefinitely();
        return fresh;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nobodyIsWokenForNothingAndNobodyMissesAChange(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        queries().forEach(query -> readers.add(new Reader(query)));
        for (int round = 0; round < 200; round++) {
            for (Reader reader : readers) {
                if (!reader.waits && random.nextInt(4) > 0) {
                    reader.ask();
                }
            }
            for (int i = random.nextInt(3); i >= 0; i--) {
                write(random);
                readers.forEach(Reader::notice);
            }
            loop.advance(Duration.ofMillis(random.nextInt(40) == 0 ? 70_000 : random.nextInt(50)));
            readers.forEach(Reader::check);
            assertThat(faults).as("seed %d, round %d", seed, round).isEmpty();
            if (random.nextInt(40) == 0) {
                restart();
            }
        }
    }

    /** Those who wait are cut off, and come back to a replica that knows only what the log has. */
    private void restart() {
        view.stop();
        view = started();
        readers.forEach(Reader::cutOff);
    }

    /** One client that reads, and reads again with the index that it was told. */
    private final class Reader {
        private final Query query;
        private @Nullable Object known;
        private long index;
        private long askedAt;
        private int generation;
        private boolean waits;
        private boolean moved;

        Reader(Query query) {
            this.query = query;
        }

        void ask() {
            waits = true;
            askedAt = loop.nanoTime();
            int asked = generation;
            view.read(PartitionName.DEFAULT, new Waiting(index, WAIT, false), query.topics(), query.read()::apply)
                    .subscribe()
                    .with(found -> {
                        if (asked == generation) {
                            answered(found);
                        }
                    });
        }

        private void answered(Found<? extends Object> found) {
            boolean timedOut = loop.nanoTime() - askedAt >= WAIT.toNanos();
            if (index > 0
                    && query.exact()
                    && !timedOut
                    && !moved
                    && found.value().equals(known)) {
                faults.add(query.name() + " was answered at " + found.index() + " for nothing, asked with " + index);
            }
            if (index > 0 && !timedOut && found.index() <= index) {
                faults.add(query.name() + " was answered with " + found.index() + ", asked with " + index);
            }
            known = found.value();
            index = found.index();
            waits = false;
            moved = false;
        }

        /** What changed and changed back while the reader was away is a change as well. */
        void notice() {
            moved |= !now().equals(known);
        }

        private Object now() {
            return query.read()
                    .apply(view.partition(PartitionName.DEFAULT).orElseThrow())
                    .value();
        }

        void check() {
            if (waits && !now().equals(known)) {
                faults.add(query.name() + " waits at " + index + " and misses a change");
            }
        }

        /** Who waits for what never was is not woken by a restart; all others begin anew here. */
        void cutOff() {
            generation++;
            waits = false;
            if (!query.name().startsWith("never")) {
                index = 0;
                known = null;
            }
        }
    }

    private List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        for (PeerName peer : new PeerName[] {null, PEER, new PeerName("nobody")}) {
            String of = peer == null ? "" : " of " + peer;
            for (String service : List.of("web", "WEB", "db")) {
                queries.add(new Query(
                        service + of,
                        Set.of(Topic.service(peer, service)),
                        true,
                        view -> view.service(peer, service).map(ServiceInstances::instances)));
                queries.add(new Query(
                        "connect " + service + of,
                        Set.of(Topic.connect(peer, service)),
                        true,
                        view -> view.connect(peer, service)));
                queries.add(new Query(
                        "checks of " + service + of,
                        Set.of(Topic.service(peer, service)),
                        true,
                        view -> view.checksOfService(peer, service)));
                queries.add(new Query(
                        "critical " + service + of,
                        Set.of(Topic.service(peer, service)),
                        false,
                        view -> view.service(peer, service).map(found -> critical(found.instances()))));
            }
            queries.add(new Query(
                    "never there" + of,
                    Set.of(Topic.service(peer, "never")),
                    true,
                    view -> view.service(peer, "never").map(ServiceInstances::instances)));
            queries.add(new Query(
                    "never a node" + of,
                    Set.of(Topic.node(peer, "never")),
                    true,
                    view -> view.nodeServices(peer, "never")));
            for (String node : List.of("a", "b", "id-c", "remote-1")) {
                Set<Topic> topics = Set.of(Topic.node(peer, node));
                queries.add(new Query("node " + node + of, topics, true, view -> view.node(peer, node)));
                queries.add(new Query("services on " + node + of, topics, true, view -> view.nodeServices(peer, node)));
                queries.add(new Query("checks on " + node + of, topics, true, view -> view.nodeChecks(peer, node)));
            }
            queries.add(new Query("nodes" + of, Set.of(Topic.of(Subject.NODES, peer)), true, view -> view.nodes(peer)));
            for (String state : List.of("any", Check.PASSING, Check.WARNING, Check.CRITICAL)) {
                queries.add(new Query(
                        state + " checks" + of,
                        Set.of(Topic.of(Subject.CHECKS, peer)),
                        true,
                        view -> view.checksInState(peer, state)));
            }
            queries.add(new Query(
                    "names" + of,
                    Set.of(Topic.of(Subject.SERVICE_NAMES, peer)),
                    true,
                    view -> view.serviceNames(peer)));
            queries.add(new Query(
                    "instances" + of, Set.of(Topic.of(Subject.INSTANCES, peer)), true, view -> view.instances(peer)));
            queries.add(new Query(
                    "contents" + of, Set.of(Topic.of(Subject.CONTENTS, peer)), true, view -> view.contents(peer)));
        }
        queries.add(new Query(
                "everything",
                Set.of(Topic.everywhere(Subject.CONTENTS)),
                false,
                view -> Everywhere.read(view, view::contents)));
        queries.add(new Query(
                "entry",
                Set.of(Topic.configEntry(Keys.configEntry(ExportedServicesEntry.KIND, "default"))),
                true,
                view -> view.configEntry(ExportedServicesEntry.KIND, "default")));
        queries.add(new Query(
                "never an entry",
                Set.of(Topic.configEntry(Keys.configEntry(ExportedServicesEntry.KIND, "never"))),
                true,
                view -> view.configEntry(ExportedServicesEntry.KIND, "never")));
        queries.add(new Query(
                "entries",
                Set.of(Topic.configKind(ExportedServicesEntry.KIND)),
                true,
                view -> view.configEntries(ExportedServicesEntry.KIND)));
        return queries;
    }

    private static List<Instance> critical(List<Instance> instances) {
        Filter<Row<Instance>> filter = Filter.compile(
                        "Checks.Status == critical", CatalogSelectors.HEALTH, new Re2Expressions())
                .orThrow();
        return filter.of(instances, instance -> new Row<>("", "", instance));
    }

    private void write(SplittableRandom random) {
        String node = NODES.get(random.nextInt(NODES.size()));
        String name = SERVICES.get(random.nextInt(SERVICES.size()));
        String id = name + "-" + random.nextInt(2);
        String status = STATUSES.get(random.nextInt(STATUSES.size()));
        version++;
        append(
                switch (random.nextInt(12)) {
                    case 0 -> Change.upsert(RecordKind.NODE, node, version, version, node(node, random));
                    case 1, 2, 3 ->
                        Change.upsert(
                                RecordKind.SERVICE,
                                Keys.service(node, id),
                                version,
                                version,
                                new ServiceRecord(node, service(id, name, random)));
                    case 4 -> Change.removal(RecordKind.SERVICE, Keys.service(node, id), version);
                    case 5 ->
                        Change.upsert(
                                RecordKind.CHECK,
                                Keys.check(node, "c-" + id),
                                version,
                                version,
                                Entries.check(node, "c-" + id, random.nextInt(3) == 0 ? "" : id, status));
                    case 6, 7 -> Change.report(node, "c-" + id, new CheckReport(status, "", 0));
                    case 8 ->
                        random.nextInt(3) == 0
                                ? Change.removal(RecordKind.NODE, node, version)
                                : Change.removal(RecordKind.CHECK, Keys.check(node, "c-" + id), version);
                    case 9, 10 -> imported(name, status, random);
                    default -> entry(random);
                });
    }

    private void append(Change change) {
        log.append(PartitionName.DEFAULT, List.of(change), Optional.empty())
                .await()
                .indefinitely();
    }

    private static Node node(String name, SplittableRandom random) {
        return new Node("id-" + name, name, "10.0.0." + random.nextInt(2), "dc1", Map.of(), Map.of());
    }

    private static Service service(String id, String name, SplittableRandom random) {
        Service typical = Service.typical(id, name, 80 + random.nextInt(2));
        if (!name.endsWith(Service.SIDECAR_SUFFIX)) {
            return random.nextInt(3) == 0 ? typical.withTags(List.of("t" + random.nextInt(2))) : typical;
        }
        Proxy none = Proxy.NONE;
        Proxy proxy = new Proxy("web", "", "", 0, "", "", Map.of(), List.of(), "", none.expose(), null);
        return new Service(
                Service.CONNECT_PROXY,
                id,
                name,
                List.of(),
                "",
                Map.of(),
                Map.of(),
                typical.port(),
                "",
                typical.weights(),
                false,
                proxy,
                typical.connect());
    }

    private Change imported(String service, String status, SplittableRandom random) {
        if (random.nextInt(4) == 0) {
            return Change.importRemoval(RecordKind.IMPORTED_SERVICE, Entries.ALPHA, service);
        }
        List<ImportedInstance> instances = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String node = "remote-" + i;
            String id = service + "-" + i;
            instances.add(new ImportedInstance(
                    new Node("", node, "10.1.0." + random.nextInt(2), "dc2", Map.of(), Map.of()),
                    service(id, service, random),
                    List.of(Entries.check(node, id + ":overall-check", id, status))));
        }
        return Change.imported(
                RecordKind.IMPORTED_SERVICE, Entries.ALPHA, service, new ImportedService(service, instances));
    }

    private Change entry(SplittableRandom random) {
        String key = Keys.configEntry(ExportedServicesEntry.KIND, random.nextBoolean() ? "default" : "other");
        if (random.nextInt(3) == 0) {
            return Change.removal(RecordKind.CONFIG_ENTRY, key, version);
        }
        String name = key.substring(key.indexOf(Keys.SEPARATOR) + 1);
        return Change.upsert(
                RecordKind.CONFIG_ENTRY,
                key,
                version,
                version,
                new ExportedServicesEntry(name, List.of(), Map.of("v", String.valueOf(random.nextInt(3)))));
    }
}
