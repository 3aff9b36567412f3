package dev.entente.contract;

import static dev.entente.contract.Samples.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceAddress;
import dev.entente.domain.catalog.VirtualAddresses;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.engine.port.CatalogStore;
import dev.entente.engine.port.CatalogStore.Rows;
import dev.entente.engine.port.CatalogStore.Selection;
import dev.entente.engine.port.CatalogStore.Writes;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.ClusterStore;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.port.ServiceRecord;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a store of the local catalog promises. */
public abstract class CatalogStoreContract {
    private static final PartitionName PARTITION = PartitionName.DEFAULT;

    private final String nodeName = Samples.name("node");
    private final Node node = Samples.node(nodeName);

    protected abstract CatalogStore store();

    /** The store that gives the durable records of the same data. */
    protected abstract ClusterStore cluster();

    @Test
    void aRegistrationIsOneChangePerRowAllWithOneVersion() {
        Service given = Samples.richService("web-1");
        Check check = Samples.richCheck(nodeName, "c1", given);

        Committed<Void> committed = write(node(node).service(given).check(check));

        Service service = VirtualAddresses.carrying(given, addressOf(read(whole()), "web-1"));

        long version = committed.changes().get(0).version();
        assertThat(committed.changes())
                .containsExactly(
                        Change.upsert(RecordKind.NODE, nodeName, version, version, node),
                        Change.upsert(
                                RecordKind.SERVICE,
                                Keys.service(nodeName, "web-1"),
                                version,
                                version,
                                new ServiceRecord(nodeName, service)),
                        Change.upsert(RecordKind.CHECK, Keys.check(nodeName, "c1"), version, version, check));
        Rows rows = read(whole());
        assertThat(rows.node()).contains(new Indexed<>(node, version, version));
        assertThat(rows.services()).isEqualTo(Map.of("web-1", new Indexed<>(service, version, version)));
        assertThat(rows.checks()).isEqualTo(Map.of("c1", new Indexed<>(check, version, version)));
    }

    @Test
    void anEqualRewriteMakesNoChangeAndADifferentRowOnlyItsOwn() {
        Service service = Samples.richService("web-1");
        Check check = Samples.richCheck(nodeName, "c1", service);
        long first =
                write(node(node).service(service).check(check)).changes().get(0).version();

        assertThat(write(node(node).service(service).check(check)).changes()).isEmpty();
        Committed<Void> second = write(node(node).service(service).check(check.withReport(Check.PASSING, "ok")));

        assertThat(second.changes()).hasSize(1);
        Change change = second.changes().get(0);
        assertThat(change.kind()).isEqualTo(RecordKind.CHECK);
        assertThat(change.createVersion()).isEqualTo(first);
        assertThat(change.version()).isGreaterThan(first);
    }

    @Test
    void aSelectionShowsItsServicesWithTheirChecksAndItsChecksAndNoMore() {
        Service web = Service.typical("web", "web", 80);
        Service db = Service.typical("db", "db", 81);
        write(node(node)
                .service(web)
                .service(db)
                .check(Samples.check(nodeName, "c-web", web, Check.PASSING))
                .check(Samples.check(nodeName, "c-db", db, Check.PASSING))
                .check(Samples.nodeCheck(nodeName, "c-node", Check.PASSING)));

        Rows ofWeb = read(new Selection(nodeName, Set.of("web"), Set.of("c-node", "unknown"), "", false));
        Rows ofNothing = read(new Selection(nodeName, Set.of(), Set.of(), "", false));

        assertThat(ofWeb.services()).containsOnlyKeys("web");
        assertThat(ofWeb.checks()).containsOnlyKeys("c-web", "c-node");
        assertThat(ofNothing.node()).isPresent();
        assertThat(ofNothing.services()).isEmpty();
        assertThat(ofNothing.checks()).isEmpty();
    }

    @Test
    void anotherNodeWithTheSameIdIsTold() {
        write(node(node));

        assertThat(read(new Selection("new", Set.of(), Set.of(), node.id(), false))
                        .nodeNameOfId())
                .contains(nodeName);
        assertThat(read(new Selection(nodeName, Set.of(), Set.of(), node.id(), false))
                        .nodeNameOfId())
                .isEmpty();
    }

    @Test
    void aRemovedServiceTakesItsChecks() {
        Service web = Service.typical("web", "web", 80);
        write(node(node)
                .service(web)
                .check(Samples.check(nodeName, "c-web", web, Check.PASSING))
                .check(Samples.nodeCheck(nodeName, "c-node", Check.PASSING)));

        Committed<Void> removed = decide(
                new Selection(nodeName, Set.of("web"), Set.of(), "", false),
                new Writes(Optional.empty(), List.of(), List.of(), Set.of("web"), Set.of(), false));

        long version = removed.changes().get(0).version();
        assertThat(removed.changes())
                .containsExactlyInAnyOrder(
                        Change.removal(RecordKind.SERVICE, Keys.service(nodeName, "web"), version),
                        Change.removal(RecordKind.CHECK, Keys.check(nodeName, "c-web"), version));
        assertThat(read(whole()).checks()).containsOnlyKeys("c-node");
    }

    @Test
    void aRemovedNodeTakesEverythingAndComesBackWithGreaterVersions() {
        Service web = Service.typical("web", "web", 80);
        Registration all = node(node).service(web).check(Samples.check(nodeName, "c-web", web, Check.PASSING));
        long created = write(all).changes().get(0).version();

        Committed<Void> removed =
                decide(whole(), new Writes(Optional.empty(), List.of(), List.of(), Set.of(), Set.of(), true));
        Committed<Void> anew = write(all);

        long removal = removed.changes().get(0).version();
        assertThat(removed.changes())
                .hasSize(3)
                .allMatch(Change::isRemoval)
                .allMatch(change -> change.version() == removal);
        assertThat(anew.changes()).hasSize(3).allMatch(change -> change.createVersion() == change.version());
        assertThat(List.of(created, removal, anew.changes().get(0).version()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void aRefusalWritesNothing() {
        Refusal refusal = Refusal.invalid("no");

        assertThatThrownBy(() -> await(store().decide(PARTITION, whole(), rows -> Outcome.refused(refusal))))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(refusal));
        assertThat(read(whole()).node()).isEmpty();
    }

    @Test
    void concurrentRegistrationsOnOneNodeAllHappenAndRefusalsAmongThemTouchNoOther() {
        write(node(node));
        List<Uni<Long>> writes = IntStream.range(0, 200)
                .mapToObj(i -> i % 10 == 9 ? refused(i) : registered(i))
                .toList();

        List<Long> versions = await(Uni.join().all(writes).andFailFast()).stream()
                .filter(version -> version > 0)
                .toList();

        assertThat(versions).hasSize(180).doesNotHaveDuplicates();
        assertThat(read(whole()).services()).hasSize(180);
        assertThat(read(whole()).checks()).hasSize(180);
    }

    @Test
    void concurrentDecisionsOnOneRowSeeEachOther() {
        Service first = Service.typical("counter", "counter", 0);
        write(node(node).service(first));
        Selection selection = new Selection(nodeName, Set.of("counter"), Set.of(), "", false);

        List<Uni<Committed<Void>>> increments = IntStream.range(0, 100)
                .mapToObj(i -> store().decide(PARTITION, selection, CatalogStoreContract::increment))
                .toList();
        List<Long> versions = await(Uni.join().all(increments).andFailFast()).stream()
                .map(committed -> committed.changes().get(0).version())
                .toList();

        Indexed<Service> counter = read(whole()).services().get("counter");
        assertThat(counter).isNotNull();
        assertThat(counter.value().port()).isEqualTo(100);
        assertThat(counter.modifyIndex())
                .isEqualTo(versions.stream().max(Long::compare).orElseThrow());
        assertThat(versions).doesNotHaveDuplicates();
    }

    @Test
    void aReportIsRememberedForTheDefinitionItWasMadeFor() {
        write(node(node)
                .check(Samples.nodeCheck(nodeName, "current", Check.CRITICAL))
                .check(Samples.nodeCheck(nodeName, "outdated", Check.CRITICAL))
                .check(Samples.nodeCheck(nodeName, "any", Check.CRITICAL)));
        long version = checkRecord("current").version();

        await(store().rememberReports(
                        PARTITION,
                        Map.of(
                                Keys.check(nodeName, "current"), new CheckReport(Check.PASSING, "ok", version),
                                Keys.check(nodeName, "outdated"), new CheckReport(Check.PASSING, "ok", version - 1),
                                Keys.check(nodeName, "any"), new CheckReport(Check.WARNING, "hm", 0),
                                Keys.check(nodeName, "unknown"), new CheckReport(Check.WARNING, "hm", 0))));

        assertThat(((Check) checkRecord("current").value()).status()).isEqualTo(Check.PASSING);
        assertThat(((Check) checkRecord("current").value()).output()).isEqualTo("ok");
        assertThat(((Check) checkRecord("outdated").value()).status()).isEqualTo(Check.CRITICAL);
        assertThat(((Check) checkRecord("any").value()).status()).isEqualTo(Check.WARNING);
        assertThat(checkRecord("current").version()).isEqualTo(version);
    }

    @Test
    void allProxiesOfAServiceAndItsNativeInstancesCarryOneAddressAtTheirOwnPorts() {
        String name = Samples.name("virtual");
        write(node(node)
                .service(proxy("p1", name, 20_000))
                .service(proxy("p2", name, 20_001))
                .service(nativeInstance("n1", name, 9000))
                .service(Service.typical("t1", name, 80)));

        Map<String, Indexed<Service>> services = read(whole()).services();

        String address = addressOf(read(whole()), "p1");
        assertThat(address).startsWith("240.");
        assertThat(tag(services, "p1")).isEqualTo(new ServiceAddress(address, 20_000));
        assertThat(tag(services, "p2")).isEqualTo(new ServiceAddress(address, 20_001));
        assertThat(tag(services, "n1")).isEqualTo(new ServiceAddress(address, 9000));
        assertThat(services.get("t1").value().taggedAddresses()).isEmpty();
    }

    @Test
    void anAddressStaysWithItsServiceWhileAnInstanceOrAProxyIsThereAndThenComesBack() {
        String first = Samples.name("virtual");
        write(node(node).service(Service.typical("t", first, 80)).service(proxy("p", first, 20_000)));
        String address = addressOf(read(whole()), "p");

        remove("p");
        write(node(node).service(proxy("p", first, 20_001)));
        assertThat(addressOf(read(whole()), "p")).isEqualTo(address);

        remove("t");
        String second = Samples.name("virtual");
        write(node(node).service(proxy("other", second, 20_002)));
        assertThat(addressOf(read(whole()), "other"))
                .as("the first service's proxy still carries its address")
                .isNotEqualTo(address);

        remove("p");
        write(node(node).service(proxy("next", Samples.name("virtual"), 20_003)));
        assertThat(addressOf(read(whole()), "next")).isEqualTo(address);
    }

    @Test
    void aNodeThatGoesGivesTheAddressesOfItsServicesBack() {
        String name = Samples.name("virtual");
        write(node(node).service(Service.typical("t", name, 80)).service(proxy("p", name, 20_000)));
        String address = addressOf(read(whole()), "p");

        decide(whole(), new Writes(Optional.empty(), List.of(), List.of(), Set.of(), Set.of(), true));
        write(node(node).service(nativeInstance("n", Samples.name("virtual"), 9000)));

        assertThat(addressOf(read(whole()), "n")).isEqualTo(address);
    }

    @Test
    void anEqualRegistrationOfAProxyMakesNoChange() {
        Service proxy = proxy("p", Samples.name("virtual"), 20_000);
        write(node(node).service(proxy));

        assertThat(write(node(node).service(proxy)).changes()).isEmpty();
    }

    private void remove(String id) {
        decide(
                new Selection(nodeName, Set.of(id), Set.of(), "", false),
                new Writes(Optional.empty(), List.of(), List.of(), Set.of(id), Set.of(), false));
    }

    public static Service proxy(String id, String destination, int port) {
        return Samples.ofMesh(Service.CONNECT_PROXY, id, id + "-sidecar-proxy", port, destination);
    }

    private static Service nativeInstance(String id, String name, int port) {
        return Service.typical(id, name, port).withMesh(Proxy.NONE, new Connect(true, null));
    }

    private static ServiceAddress tag(Map<String, Indexed<Service>> services, String id) {
        return java.util.Objects.requireNonNull(
                services.get(id).value().taggedAddresses().get(VirtualAddresses.TAG));
    }

    protected static String addressOf(Rows rows, String id) {
        return tag(rows.services(), id).address();
    }

    private Change checkRecord(String id) {
        return await(cluster().durableRecords(PARTITION)).stream()
                .filter(change ->
                        change.kind() == RecordKind.CHECK && change.key().equals(Keys.check(nodeName, id)))
                .findFirst()
                .orElseThrow();
    }

    private Uni<Long> registered(int i) {
        Service service = Service.typical("s" + i, "s" + i, i);
        Check check = Samples.check(nodeName, "c" + i, service, Check.PASSING);
        Writes writes = new Writes(Optional.empty(), List.of(service), List.of(check), Set.of(), Set.of(), false);
        Selection selection = new Selection(nodeName, Set.of(service.id()), Set.of(check.id()), "", false);
        return store().decide(PARTITION, selection, rows -> Outcome.accepted(writes))
                .map(committed -> committed.changes().get(0).version());
    }

    private Uni<Long> refused(int i) {
        Selection selection = new Selection(nodeName, Set.of("s" + i), Set.of(), "", false);
        return store().decide(PARTITION, selection, rows -> Outcome.refused(Refusal.invalid("no")))
                .map(committed -> 0L)
                .onFailure(RefusedException.class)
                .recoverWithItem(0L);
    }

    private static Outcome<Writes> increment(Rows rows) {
        Service counter =
                java.util.Objects.requireNonNull(rows.services().get("counter")).value();
        Service next = Service.typical("counter", "counter", counter.port() + 1);
        return Outcome.accepted(new Writes(Optional.empty(), List.of(next), List.of(), Set.of(), Set.of(), false));
    }

    private Rows read(Selection selection) {
        List<Rows> seen = new ArrayList<>();
        await(store().decide(PARTITION, selection, rows -> {
            seen.add(rows);
            return Outcome.accepted(Writes.NOTHING);
        }));
        return seen.get(seen.size() - 1);
    }

    private Selection whole() {
        return new Selection(nodeName, Set.of(), Set.of(), "", true);
    }

    private Committed<Void> write(Registration registration) {
        Writes writes = new Writes(
                Optional.of(registration.node), registration.services, registration.checks, Set.of(), Set.of(), false);
        return decide(
                new Selection(
                        registration.node.name(),
                        registration.services.stream().map(Service::id).collect(java.util.stream.Collectors.toSet()),
                        registration.checks.stream().map(Check::id).collect(java.util.stream.Collectors.toSet()),
                        registration.node.id(),
                        false),
                writes);
    }

    private Committed<Void> decide(Selection selection, Writes writes) {
        return await(store().decide(PARTITION, selection, rows -> Outcome.accepted(writes)));
    }

    private static Registration node(Node node) {
        return new Registration(node, new ArrayList<>(), new ArrayList<>());
    }

    private record Registration(Node node, List<Service> services, List<Check> checks) {
        Registration service(Service service) {
            services.add(service);
            return this;
        }

        Registration check(Check check) {
            checks.add(check);
            return this;
        }
    }
}
