package dev.entente.postgres;

import static dev.entente.contract.Samples.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.boot.StoresResource;
import dev.entente.contract.Samples;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceAddress;
import dev.entente.domain.catalog.VirtualAddresses;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.TerminatingGatewayEntry;
import dev.entente.domain.config.TerminatingGatewayEntry.LinkedService;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.RefusedException;
import dev.entente.engine.port.CatalogStore.Rows;
import dev.entente.engine.port.CatalogStore.Selection;
import dev.entente.engine.port.CatalogStore.Writes;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.ConfigEntryStore.Decision;
import dev.entente.engine.port.RecordKind;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Virtual addresses in a database that many write at once. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class VirtualAddressesTest {
    private static final PartitionName PARTITION = PartitionName.DEFAULT;

    /** Two of each share nothing but the database, like two replicas. */
    @Inject
    Transactions transactions;

    @Inject
    NodeTransaction nodeTransaction;

    @Inject
    PostgresCatalogStore one;

    @Inject
    PostgresConfigEntryStore entries;

    @Inject
    PostgresImportedAddresses imported;

    @Inject
    AgroalDataSource database;

    private PostgresCatalogStore another() {
        return new PostgresCatalogStore(transactions, new NodeBatchLoop(nodeTransaction, transactions));
    }

    @Test
    void twoReplicasNeverGiveOneAddressTwice() {
        List<PostgresCatalogStore> replicas = List.of(one, another());
        String prefix = Samples.name("many");
        List<Uni<String>> registrations = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            // Each service is registered by both replicas at the same time, on nodes of their own.
            int service = i / 2;
            registrations.add(
                    register(replicas.get(i % 2), Samples.name("node"), proxy("p", prefix + "-" + service, 20_000)));
        }

        List<String> addresses = await(Uni.join().all(registrations).andFailFast());

        Map<Integer, Set<String>> byService = IntStream.range(0, 120)
                .boxed()
                .collect(Collectors.groupingBy(i -> i / 2, Collectors.mapping(addresses::get, Collectors.toSet())));
        assertThat(byService.values()).allMatch(found -> found.size() == 1);
        assertThat(Set.copyOf(addresses)).hasSize(60);
    }

    @Test
    void whatIsTakenBackWhileOthersRegisterIsNeverCarriedByTwoServices() throws SQLException {
        List<PostgresCatalogStore> replicas = List.of(one, another());
        List<String> names =
                IntStream.range(0, 4).mapToObj(i -> Samples.name("churn")).toList();
        List<Uni<String>> work = new ArrayList<>();
        for (int i = 0; i < 160; i++) {
            PostgresCatalogStore replica = replicas.get(i % 2);
            String name = names.get(i % 4);
            String node = "churn-node-" + i % 8 + "-" + names.get(0);
            work.add(
                    i % 3 == 2
                            ? remove(replica, node, Set.of("t", "p")).replaceWith("")
                            : register(replica, node, Service.typical("t", name, 80))
                                    .chain(() -> register(replica, node, proxy("p", name, 20_000))));
        }

        await(Uni.join().all(work).usingConcurrencyOf(16).andFailFast());

        List<String> carried = Sql.texts(database, """
                select distinct (payload::jsonb #>> '{taggedAddresses,consul-virtual,address}') || ' ' || mesh_key
                  from services where mesh_key like 'churn-%'
                """);
        List<String> held = Sql.texts(database, """
                select '240.0.' || number / 256 || '.' || number % 256 || ' ' || service
                  from virtual_addresses where service like 'churn-%'
                """);
        assertThat(held).containsAll(carried);
        assertThat(carried.stream().map(text -> text.split(" ")[0]).toList()).doesNotHaveDuplicates();
    }

    @Test
    void aTerminatingGatewayCarriesTheAddressesOfWhatItsEntryLinks() {
        String gateway = Samples.name("gateway");
        String node = Samples.name("node");
        String linked = Samples.name("linked");
        String other = Samples.name("linked");
        Service instance = gateway(gateway);
        write(gateway, Optional.of(entry(gateway, linked)));
        await(register(one, node, instance));

        Map<String, ServiceAddress> first = held(node, "g").taggedAddresses();
        Committed<Void> changed = write(gateway, Optional.of(entry(gateway, linked, other)));
        Map<String, ServiceAddress> second = held(node, "g").taggedAddresses();
        String proxys = await(register(one, node, proxy("p", other, 20_000)));
        write(gateway, Optional.empty());

        assertThat(first).containsOnlyKeys(VirtualAddresses.TAG + ":" + linked);
        assertThat(second)
                .containsOnlyKeys(VirtualAddresses.TAG + ":" + linked, VirtualAddresses.TAG + ":" + other)
                .containsAllEntriesOf(first)
                .containsEntry(VirtualAddresses.TAG + ":" + other, new ServiceAddress(proxys, 0));
        Change written = changed.changes().stream()
                .filter(change -> change.kind() == RecordKind.SERVICE)
                .findFirst()
                .orElseThrow();
        assertThat(written.version())
                .as("drawn under the node's lock, after the entry's own")
                .isGreaterThan(changed.outboxId());
        assertThat(held(node, "g").taggedAddresses()).isEmpty();
    }

    @Test
    void gatewaysAndTheirEntriesWrittenAtOnceEndAlike() {
        String gateway = Samples.name("gateway");
        List<String> nodes =
                IntStream.range(0, 4).mapToObj(i -> Samples.name("node")).toList();
        List<Uni<String>> work = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String linked = "linked-" + i % 5 + gateway;
            work.add(
                    i % 3 == 0
                            ? writing(gateway, Optional.of(entry(gateway, linked)))
                                    .replaceWith("")
                            : register(one, nodes.get(i % 4), gateway(gateway).withPort(8000 + i)));
        }

        await(Uni.join().all(work).usingConcurrencyOf(6).andFailFast());
        write(gateway, Optional.of(entry(gateway, "last" + gateway)));

        assertThat(nodes)
                .allSatisfy(node -> assertThat(held(node, "g").taggedAddresses())
                        .containsOnlyKeys(VirtualAddresses.TAG + ":last" + gateway));
    }

    @Test
    void aServiceOfAPeerHasAnAddressOfItsOwnUntilItIsNoLongerExported() {
        String name = Samples.name("shared");
        PeerName east = new PeerName(Samples.name("east"));
        PeerName west = new PeerName(Samples.name("west"));
        String local = await(register(one, Samples.name("node"), proxy("p", name, 20_000)));

        String eastern = await(imported.assign(PARTITION, east, Set.of(name))).get(name);
        String western = await(imported.assign(PARTITION, west, Set.of(name))).get(name);

        assertThat(List.of(local, eastern, western)).doesNotHaveDuplicates();
        assertThat(await(imported.assign(PARTITION, east, Set.of(name)))).containsEntry(name, eastern);
        await(imported.retain(PARTITION, east, Set.of("other")));
        assertThat(await(imported.assign(PARTITION, west, Set.of(Samples.name("next")))))
                .containsValue(eastern);
        assertThat(await(imported.assign(PARTITION, west, Set.of(name)))).containsEntry(name, western);
    }

    @Test
    void whenAllWereGivenOnceThoseThatCameBackAreGivenAndThenNoMore() throws SQLException {
        String node = Samples.name("node");
        String kept = await(register(one, node, proxy("kept", Samples.name("last"), 20_000)));
        List<String> before =
                Sql.texts(database, "select highest || ',' || coalesce(last_freed, 0) from virtual_address_range");
        try {
            Sql.execute(database, "update virtual_address_range set highest = 268435453, last_freed = null");
            String largest = await(imported.assign(PARTITION, new PeerName("edge"), Set.of("a")))
                    .get("a");
            assertThat(largest).startsWith("2").isNotEqualTo(kept);
            Sql.execute(database, """
                    insert into virtual_addresses (number, partition, peer, service)
                    select 268435453, 'default', 'edge', 'z' on conflict do nothing
                    """);
            Sql.execute(database, """
                    insert into virtual_addresses (number, partition, peer, service)
                    select n, 'default', 'edge', 'filler' || n from generate_series(1, 3000) as n on conflict do nothing
                    """);
            Sql.execute(database, "delete from virtual_addresses where number > 3000 and number < 268435453");

            assertThat(await(imported.assign(PARTITION, new PeerName("edge"), Set.of("b"))))
                    .containsEntry("b", VirtualAddresses.text(268_435_452));
        } finally {
            Sql.execute(database, "delete from virtual_addresses where peer = 'edge'");
            String[] range = before.get(0).split(",");
            Sql.execute(
                    database,
                    "update virtual_address_range set highest = " + range[0] + ", last_freed = nullif(" + range[1]
                            + ", 0)");
        }
    }

    @Test
    void aServiceOfAPartitionThatDoesNotExistIsRefused() {
        PartitionName none = new PartitionName("no-such-partition");

        assertThatThrownBy(() -> await(imported.assign(none, new PeerName("x"), Set.of("web"))))
                .isInstanceOf(RefusedException.class);
    }

    private Uni<String> register(PostgresCatalogStore store, String node, Service service) {
        Node row = new Node("", node, "10.0.0.1", "dc1", Map.of(), Map.of());
        Writes writes = new Writes(Optional.of(row), List.of(service), List.of(), Set.of(), Set.of(), false);
        Selection selection = new Selection(node, Set.of(service.id()), Set.of(), "", false);
        return store.decide(PARTITION, selection, rows -> Outcome.accepted(writes))
                .map(done -> done.changes().stream()
                        .map(Change::value)
                        .filter(dev.entente.engine.port.ServiceRecord.class::isInstance)
                        .map(value -> ((dev.entente.engine.port.ServiceRecord) value).service())
                        .map(held -> held.taggedAddresses().get(VirtualAddresses.TAG))
                        .filter(Objects::nonNull)
                        .map(ServiceAddress::address)
                        .findFirst()
                        .orElse(""));
    }

    private static Uni<Committed<Void>> remove(PostgresCatalogStore store, String node, Set<String> ids) {
        Writes writes = new Writes(Optional.empty(), List.of(), List.of(), ids, Set.of(), false);
        return store.decide(PARTITION, new Selection(node, ids, Set.of(), "", false), rows -> Outcome.accepted(writes));
    }

    private Service held(String node, String id) {
        List<Rows> seen = new ArrayList<>();
        await(one.decide(PARTITION, new Selection(node, Set.of(id), Set.of(), "", false), rows -> {
            seen.add(rows);
            return Outcome.accepted(Writes.NOTHING);
        }));
        Indexed<Service> found = seen.get(0).services().get(id);
        return Objects.requireNonNull(found).value();
    }

    private Committed<Void> write(String gateway, Optional<ConfigEntry> entry) {
        return await(writing(gateway, entry));
    }

    @SuppressWarnings("NullAway") // the decision has no result
    private Uni<Committed<Void>> writing(String gateway, Optional<ConfigEntry> entry) {
        return entries.decide(
                PARTITION,
                TerminatingGatewayEntry.KIND,
                gateway,
                before -> Outcome.accepted(new Decision<Void>(false, entry, null)));
    }

    private static ConfigEntry entry(String gateway, String... linked) {
        return new TerminatingGatewayEntry(
                gateway,
                List.of(linked).stream()
                        .map(name -> new LinkedService(name, "", "", "", ""))
                        .toList(),
                Map.of());
    }

    private static Service gateway(String name) {
        return Samples.ofMesh(Service.TERMINATING_GATEWAY, "g", name, 8443, "");
    }

    private static Service proxy(String id, String destination, int port) {
        return Samples.ofMesh(Service.CONNECT_PROXY, id, destination + "-sidecar-proxy", port, destination);
    }
}
