package dev.entente.engine.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.ImportedService;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceAddress;
import dev.entente.domain.catalog.VirtualAddresses;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.engine.port.ImportedAddresses;
import dev.entente.engine.port.StoreUnavailableException;
import dev.entente.fake.InMemoryAddresses;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The virtual addresses of what one peer sends (protocol chapter 4.2). */
class PeerAddressesTest {
    private static final PartitionName HERE = PartitionName.DEFAULT;
    private static final PeerName PEER = new PeerName("far");

    private final Store store = new Store();
    private Instant now = Instant.EPOCH;
    private final PeerAddresses addresses = new PeerAddresses(store, () -> now, HERE, PEER);

    /** Counts what is asked of it, and can be away. */
    private static final class Store implements ImportedAddresses {
        private final InMemoryAddresses inner = new InMemoryAddresses();
        private final List<Set<String>> assigned = new ArrayList<>();
        private final List<Set<String>> retained = new ArrayList<>();
        private @Nullable RuntimeException trouble;

        @Override
        public Uni<Map<String, String>> assign(PartitionName partition, PeerName peer, Set<String> services) {
            assigned.add(Set.copyOf(services));
            return trouble == null
                    ? inner.assign(partition, peer, services)
                    : Uni.createFrom().failure(trouble);
        }

        @Override
        public Uni<Void> retain(PartitionName partition, PeerName peer, Set<String> services) {
            retained.add(Set.copyOf(services));
            return trouble == null
                    ? inner.retain(partition, peer, services)
                    : Uni.createFrom().failure(trouble);
        }

        void goAway() {
            trouble = new StoreUnavailableException("PostgreSQL", new IllegalStateException("away"));
        }

        void comeBack() {
            trouble = null;
        }
    }

    private static ImportedService imported(String name, Service... instances) {
        Node node = new Node("", "n", "10.0.0.1", "dc1", Map.of(), Map.of());
        List<Check> none = List.of();
        return new ImportedService(
                name,
                List.of(instances).stream()
                        .map(service -> new ImportedInstance(node, service, none))
                        .toList());
    }

    private static Service proxyOf(String destination) {
        Proxy proxy = new Proxy(
                destination, "", "", 0, "", "", Map.of(), List.of(), "", new Proxy.Expose(false, List.of()), null);
        Service service = Service.typical(destination + "-p", destination + "-sidecar-proxy", 21_000);
        return new Service(
                Service.CONNECT_PROXY,
                service.id(),
                service.name(),
                service.tags(),
                service.address(),
                service.taggedAddresses(),
                service.meta(),
                service.port(),
                service.socketPath(),
                service.weights(),
                service.enableTagOverride(),
                proxy,
                Connect.NONE);
    }

    private @Nullable ServiceAddress addressOf(ImportedService service) {
        ImportedService dressed = addresses.carriedBy(service).await().indefinitely();
        return dressed.instances().get(0).service().taggedAddresses().get(VirtualAddresses.TAG);
    }

    private void retain(String... names) {
        addresses.retain(Set.of(names)).await().indefinitely();
    }

    @Test
    void aProxyCarriesTheAddressOfWhatItStandsForAtItsOwnPort() {
        assertThat(addressOf(imported("web-sidecar-proxy", proxyOf("web"))))
                .isEqualTo(new ServiceAddress("240.0.0.1", 21_000));
        assertThat(addressOf(imported("db-sidecar-proxy", proxyOf("db"))))
                .isEqualTo(new ServiceAddress("240.0.0.2", 21_000));
    }

    @Test
    void allInstancesOfAServiceCarryTheSame() {
        ImportedService dressed = addresses
                .carriedBy(imported("web-sidecar-proxy", proxyOf("web"), proxyOf("WEB")))
                .await()
                .indefinitely();

        assertThat(dressed.instances())
                .extracting(instance -> instance.service()
                        .taggedAddresses()
                        .get(VirtualAddresses.TAG)
                        .address())
                .containsExactly("240.0.0.1", "240.0.0.1");
        assertThat(store.assigned).containsExactly(Set.of("web"));
    }

    @Test
    void whatIsNotOfTheMeshCarriesNone() {
        assertThat(addressOf(imported("web", Service.typical("web", "web", 80))))
                .isNull();
        assertThat(store.assigned).isEmpty();
    }

    @Test
    void theStoreIsAskedOnceForAName() {
        addressOf(imported("web-sidecar-proxy", proxyOf("web")));

        assertThat(addressOf(imported("web-sidecar-proxy", proxyOf("web")))).isNotNull();
        assertThat(store.assigned).hasSize(1);
    }

    @Test
    void whatIsNoLongerExportedIsForgottenAndGivenBack() {
        addressOf(imported("web-sidecar-proxy", proxyOf("web")));
        addressOf(imported("db-sidecar-proxy", proxyOf("db")));

        retain("DB");
        addressOf(imported("db-sidecar-proxy", proxyOf("db")));
        addressOf(imported("new-sidecar-proxy", proxyOf("new")));

        assertThat(store.retained).containsExactly(Set.of("db"));
        assertThat(store.assigned).containsExactly(Set.of("web"), Set.of("db"), Set.of("new"));
        assertThat(addressOf(imported("new-sidecar-proxy", proxyOf("new"))))
                .as("that of web")
                .isEqualTo(new ServiceAddress("240.0.0.1", 21_000));
    }

    @Test
    void importsGoOnWithoutAnAddressWhileTheStoreIsAway() {
        store.goAway();

        assertThat(addressOf(imported("web-sidecar-proxy", proxyOf("web")))).isNull();
        retain("web");

        assertThat(store.assigned).hasSize(1);
        assertThat(store.retained).as("nobody waits for it again at once").isEmpty();
    }

    @Test
    void theStoreIsAskedAgainAfterAPauseAndNotBefore() {
        store.goAway();
        addressOf(imported("web-sidecar-proxy", proxyOf("web")));
        store.comeBack();

        now = now.plus(Duration.ofSeconds(29));
        assertThat(addressOf(imported("web-sidecar-proxy", proxyOf("web")))).isNull();
        now = now.plus(Duration.ofSeconds(1));
        assertThat(addressOf(imported("web-sidecar-proxy", proxyOf("web")))).isNotNull();
        assertThat(store.assigned).hasSize(2);
    }

    @Test
    void whatIsKnownIsCarriedAlsoWhileTheStoreIsAway() {
        addressOf(imported("web-sidecar-proxy", proxyOf("web")));
        store.goAway();
        addressOf(imported("db-sidecar-proxy", proxyOf("db")));

        assertThat(addressOf(imported("web-sidecar-proxy", proxyOf("web"))))
                .isEqualTo(new ServiceAddress("240.0.0.1", 21_000));
    }
}
