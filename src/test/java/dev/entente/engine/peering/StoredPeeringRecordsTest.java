package dev.entente.engine.peering;

import static dev.entente.contract.Samples.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.config.ExportedServicesEntry.Consumer;
import dev.entente.domain.config.ExportedServicesEntry.ExportedService;
import dev.entente.domain.export.ExportRules;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.identity.TrustDomain;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.PeeringState;
import dev.entente.domain.peering.Remote;
import dev.entente.domain.peering.SecretChange;
import dev.entente.domain.trust.TrustBundle;
import dev.entente.engine.access.AllowAll;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.access.Caller;
import dev.entente.engine.access.Permission;
import dev.entente.engine.peering.PeeringRecords.BundlesQuery;
import dev.entente.engine.peering.PeeringRecords.HeldBundle;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.PeerScope;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.view.Found;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredPeeringRecordsTest {
    private static final PeeringSettings ON = new PeeringSettings(true, true, "dc1", 8503);

    private final PeeringWorld world = new PeeringWorld("ours");
    private final List<Permission> asked = new ArrayList<>();
    private final PeeringRecords records = world.records(ON, recording());

    private Authorizer recording() {
        return (caller, partition, permission) -> {
            asked.add(permission);
            return Uni.createFrom().voidItem();
        };
    }

    @BeforeEach
    void twoPeersHaveSentTheirRoots() {
        world.server("one", Map.of(), Map.of("grpc_tls_port", "8503"));
        for (String peer : List.of("far", "near")) {
            world.token(peer);
            bundle(peer, peer + ".consul");
        }
        export(
                new ExportedService("api", "", List.of(new Consumer("", "far"), new Consumer("", "gone"))),
                new ExportedService("*", "", List.of(new Consumer("", "near"))));
    }

    private void bundle(String peer, String trustDomain) {
        PeerScope scope = new PeerScope(new PeerName(peer), world.id(peer));
        TrustBundle bundle = new TrustBundle(new TrustDomain(trustDomain), List.of("pem"), "");
        publish(Change.imported(RecordKind.IMPORTED_BUNDLE, scope, "roots", bundle));
    }

    private void export(ExportedService... services) {
        ExportedServicesEntry entry = new ExportedServicesEntry(ExportRules.ENTRY_NAME, List.of(services), Map.of());
        publish(Change.upsert(
                RecordKind.CONFIG_ENTRY,
                Keys.configEntry(ExportedServicesEntry.KIND, ExportRules.ENTRY_NAME),
                50,
                50,
                entry));
    }

    private void publish(Change change) {
        await(world.view.publish(PartitionName.DEFAULT, List.of(change)));
    }

    private List<String> domains(BundlesQuery query) {
        return await(records.trustBundles(Caller.ANONYMOUS, query)).value().stream()
                .map(held -> held.bundle().trustDomain().value())
                .toList();
    }

    @Test
    void theBundleOfAPeerIsReadWithItsIndexes() {
        Found<Optional<HeldBundle>> found = await(records.trustBundle(Caller.ANONYMOUS, "", "FAR"));

        HeldBundle held = found.value().orElseThrow();
        assertThat(held.bundle().trustDomain().value()).isEqualTo("far.consul");
        assertThat(found.index()).isEqualTo(held.modifyIndex()).isPositive();
        assertThat(await(records.trustBundle(Caller.ANONYMOUS, "", "nobody")).value())
                .isEmpty();
        assertThat(asked).containsOnly(Permission.write(Permission.Area.SERVICE, ""));
    }

    @Test
    void theBundlesForAServiceAreThoseOfThePeersThatSeeIt() {
        assertThat(domains(new BundlesQuery("api", "", "", ""))).containsExactly("far.consul", "near.consul");
        assertThat(domains(new BundlesQuery("web", "default", "", ""))).containsExactly("near.consul");
        assertThat(domains(new BundlesQuery("consul", "", "", ""))).isEmpty();
        assertThat(asked).contains(Permission.write(Permission.Area.SERVICE, "api"));
    }

    @Test
    void aPeerThatIsOverIsNotAmongThem() {
        await(world.peerings().delete(Caller.ANONYMOUS, PartitionName.DEFAULT, "near"));

        assertThat(domains(new BundlesQuery("api", "", "", ""))).containsExactly("far.consul");
    }

    @Test
    void aMeshGatewaySeesTheBundlesOfAllPeers() {
        assertThat(domains(new BundlesQuery("mesh", "", "", "mesh-gateway")))
                .containsExactlyInAnyOrder("far.consul", "near.consul");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                api | other | ''   | INVALID_ARGUMENT | Namespaces are a Consul Enterprise feature
                ''  | ''    | ''   | INVALID          | missing service name
                api | ''    | away | INVALID_ARGUMENT | Partition "away" does not exist
            """)
    void aQuestionThatCannotBeAnsweredIsRefused(
            String service, String namespace, String partition, Refusal.Kind kind, String text) {
        assertThatThrownBy(() -> await(
                        records.trustBundles(Caller.ANONYMOUS, new BundlesQuery(service, namespace, partition, ""))))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(new Refusal(kind, text)));
    }

    @Test
    void withoutPeeringAllAreRefused() {
        PeeringRecords off = world.records(new PeeringSettings(false, true, "dc1", 8503), new AllowAll());
        Refusal disabled =
                new Refusal(Refusal.Kind.FAILED_PRECONDITION, "peering must be enabled to use this endpoint");

        List<Uni<?>> calls = List.of(
                off.trustBundle(Caller.ANONYMOUS, "", "far"),
                off.trustBundles(Caller.ANONYMOUS, new BundlesQuery("api", "", "", "")),
                off.write(Caller.ANONYMOUS, "", StoredPeeringRecordsTest::acceptor, new SecretChange.Unchanged()));
        assertThat(calls)
                .allSatisfy(call -> assertThatThrownBy(() -> await(call))
                        .isInstanceOfSatisfying(
                                RefusedException.class,
                                refused -> assertThat(refused.refusal()).isEqualTo(disabled)));
    }

    private static Peering acceptor(PartitionName partition, dev.entente.domain.identity.PeeringId id) {
        return new Peering(
                id,
                partition,
                new PeerName("written"),
                PeeringState.UNDEFINED,
                null,
                Map.of("a", "b"),
                "",
                List.of(),
                "",
                List.of(),
                Remote.UNKNOWN);
    }

    @Test
    void aWrittenRecordIsStoredWithItsSecretAndCanBeUsed() {
        Secret token = new Secret("11111111-2222-3333-4444-555555555555");
        await(records.write(
                Caller.ANONYMOUS, "", StoredPeeringRecordsTest::acceptor, new SecretChange.TokenMade(token.hash())));

        Peering stored = world.held("written").peering();
        assertThat(stored.state()).isEqualTo(PeeringState.PENDING);
        assertThat(stored.meta()).containsEntry("a", "b");
        assertThat(await(world.exchange().exchange(stored.id().value(), token))).isNotNull();
        assertThat(asked).containsOnly(Permission.write(Permission.Area.PEERING, ""));
    }
}
