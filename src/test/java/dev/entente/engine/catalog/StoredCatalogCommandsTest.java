package dev.entente.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.engine.access.AllowAll;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.access.Caller;
import dev.entente.engine.access.Permission.Area;
import dev.entente.engine.catalog.CatalogCommands.Deregister;
import dev.entente.engine.catalog.CatalogCommands.Register;
import dev.entente.fake.InMemoryCatalogStore;
import dev.entente.fake.LiveCatalog;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoredCatalogCommandsTest {
    private static final PartitionName PARTITION = PartitionName.DEFAULT;
    private static final String ID = "aaaaaaaa-0000-0000-0000-000000000001";

    private final LiveCatalog catalog = new LiveCatalog();
    private final InMemoryCatalogStore store = new InMemoryCatalogStore();
    private final CatalogCommands commands = allowing(new AllowAll());

    @Test
    void aRegistrationShowsItsNodeServiceAndChecks() {
        await(commands.register(
                Caller.ANONYMOUS, PARTITION, register("", "n1", Service.typical("", "web", 80), check("a", "web"))));

        var node = catalog.defaultPartition().node(null, "n1").value().orElseThrow();
        assertThat(node.services()).extracting(row -> row.value().id()).containsExactly("web");
        assertThat(node.checks())
                .extracting(row -> row.value().id() + row.value().serviceName())
                .containsExactly("aweb");
    }

    @Test
    void theSameRegistrationAgainMakesNothingVisible() {
        Register same = register("", "n1", Service.typical("", "web", 80), check("a", "web"));
        await(commands.register(Caller.ANONYMOUS, PARTITION, same));
        await(commands.register(Caller.ANONYMOUS, PARTITION, same));

        assertThat(catalog.published()).hasSize(1);
    }

    @Test
    void aNodeThatTakesANewNameLosesTheOldOne() {
        await(commands.register(Caller.ANONYMOUS, PARTITION, register(ID, "n1", Service.typical("", "web", 80))));
        await(commands.register(
                Caller.ANONYMOUS, PARTITION, register(ID, "n1-renamed", Service.typical("", "db", 81))));

        assertThat(catalog.defaultPartition().nodes(null).value())
                .extracting(row -> row.value().name())
                .containsExactly("n1-renamed");
        assertThat(catalog.defaultPartition().serviceOn("n1", "web")).isEmpty();
        assertThat(catalog.defaultPartition().serviceOn("n1-renamed", "db")).isPresent();
    }

    @Test
    void deregisteringTakesACheckAServiceOrTheNode() {
        await(commands.register(
                Caller.ANONYMOUS,
                PARTITION,
                register("", "n1", Service.typical("", "web", 80), check("a", "web"), check("b", ""))));

        await(commands.deregister(Caller.ANONYMOUS, PARTITION, new Deregister("", "n1", "", "b", "")));
        assertThat(catalog.defaultPartition().check("n1", "b")).isEmpty();
        await(commands.deregister(Caller.ANONYMOUS, PARTITION, new Deregister("dc1", "n1", "web", "", "")));
        assertThat(catalog.defaultPartition().check("n1", "a")).isEmpty();
        await(commands.deregister(Caller.ANONYMOUS, PARTITION, new Deregister("", "n1", "", "", "")));
        assertThat(catalog.defaultPartition().nodes(null).value()).isEmpty();
    }

    @Test
    void whatIsAbsentIsDeregisteredWithoutAWord() {
        for (Deregister absent : List.of(
                new Deregister("", "nope", "", "", ""),
                new Deregister("", "nope", "s", "", ""),
                new Deregister("", "nope", "", "c", ""),
                new Deregister("", "nope", "", "", "far"))) {
            await(commands.deregister(Caller.ANONYMOUS, PARTITION, absent));
        }
        assertThat(catalog.published()).isEmpty();
    }

    @Test
    void aDeregistrationNeedsANodeOfThisDatacenter() {
        assertRefused(
                commands.deregister(Caller.ANONYMOUS, PARTITION, new Deregister("", "", "", "", "")),
                "Must provide node");
        assertRefused(
                commands.deregister(Caller.ANONYMOUS, PARTITION, new Deregister("dc9", "nope", "", "", "")),
                "No path to datacenter");
    }

    @Test
    void whoMayWriteTheServiceOnlyMayNotChangeTheNode() {
        await(commands.register(Caller.ANONYMOUS, PARTITION, register("", "n1", Service.typical("", "db", 80))));
        CatalogCommands limited = allowing(servicesOnly());

        await(limited.register(Caller.ANONYMOUS, PARTITION, register("", "n1", Service.typical("", "web", 80))));
        assertRefused(
                limited.register(Caller.ANONYMOUS, PARTITION, register("", "new", Service.typical("", "web", 80))),
                "Permission denied");
        assertRefused(
                limited.deregister(Caller.ANONYMOUS, PARTITION, new Deregister("", "n1", "nope", "", "")),
                "Unknown service ID 'nope'");
        assertRefused(
                limited.deregister(Caller.ANONYMOUS, PARTITION, new Deregister("", "n1", "", "nope", "")),
                "Unknown check ID 'nope'");
        assertRefused(
                limited.deregister(Caller.ANONYMOUS, PARTITION, new Deregister("", "n1", "", "", "")),
                "Permission denied");
        await(limited.deregister(Caller.ANONYMOUS, PARTITION, new Deregister("", "n1", "web", "", "")));
        assertThat(catalog.defaultPartition().serviceOn("n1", "web")).isEmpty();
    }

    private CatalogCommands allowing(Authorizer authorizer) {
        return new StoredCatalogCommands(store, catalog, authorizer, "dc1");
    }

    private static Authorizer servicesOnly() {
        return (caller, partition, permission) -> permission.area() == Area.NODE
                ? Uni.createFrom()
                        .failure(new RefusedException(new Refusal(Refusal.Kind.PERMISSION_DENIED, "Permission denied")))
                : Uni.createFrom().voidItem();
    }

    private static Register register(String id, String node, Service service, Check... checks) {
        return new Register(
                "", id, node, "10.0.0.1", Map.of(), Map.of(), Optional.of(service), List.of(checks), false, "");
    }

    private static Check check(String name, String serviceId) {
        return new Check("", "", name, "", "", "", serviceId, "", List.of(), "", "", "", 0, CheckDefinition.NONE);
    }

    private static void assertRefused(Uni<Void> result, String text) {
        assertThatThrownBy(() -> await(result))
                .isInstanceOf(RefusedException.class)
                .hasMessage(text);
    }

    private static <T> T await(Uni<T> result) {
        return result.await().atMost(Duration.ofSeconds(5));
    }
}
