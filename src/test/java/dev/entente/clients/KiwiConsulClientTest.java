package dev.entente.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.HostAndPort;
import dev.entente.boot.StoresResource;
import dev.entente.engine.port.ChangeLog;
import dev.entente.rest.FarPeer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Request;
import okhttp3.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kiwiproject.consul.Consul;
import org.kiwiproject.consul.NotRegisteredException;
import org.kiwiproject.consul.cache.ServiceHealthCache;
import org.kiwiproject.consul.model.ConsulResponse;
import org.kiwiproject.consul.model.State;
import org.kiwiproject.consul.model.agent.ImmutableRegistration;
import org.kiwiproject.consul.model.agent.Registration;
import org.kiwiproject.consul.model.health.ServiceHealth;
import org.kiwiproject.consul.option.ImmutableQueryOptions;
import org.kiwiproject.consul.option.QueryOptions;
import org.kiwiproject.consul.util.failover.strategy.ConsulFailoverStrategy;

/** Kiwi's client, with its cache that follows a service. A peer is named by a strategy that completes each request. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class KiwiConsulClientTest {
    @TestHTTPResource
    URL server;

    @Inject
    ChangeLog log;

    private Consul consul;

    @BeforeEach
    void connect() {
        consul = Consul.builder().withHostAndPort(address()).build();
    }

    @AfterEach
    void disconnect() {
        consul.destroy();
    }

    @Test
    void aServiceIsRegisteredFoundEverywhereMaintainedAndGone() throws NotRegisteredException {
        consul.agentClient().register(registration("kiwi-web", "kiwi-web-1"));

        assertThat(consul.agentClient().isRegistered("kiwi-web-1")).isTrue();
        assertThat(consul.agentClient().getServices()).containsKey("kiwi-web-1");
        assertThat(consul.agentClient()
                        .getService("kiwi-web-1", QueryOptions.BLANK)
                        .getResponse()
                        .getMeta())
                .containsEntry("zone", "a");
        assertThat(consul.catalogClient().getServices().getResponse()).containsEntry("kiwi-web", List.of("blue"));
        assertThat(consul.catalogClient().getService("kiwi-web").getResponse())
                .singleElement()
                .satisfies(found -> assertThat(found.getServicePort()).isEqualTo(8080));
        assertThat(healthy("kiwi-web")).hasSize(1);
        ImmutableQueryOptions tagged =
                ImmutableQueryOptions.builder().addTag("green").build();
        assertThat(consul.healthClient()
                        .getAllServiceInstances("kiwi-web", tagged)
                        .getResponse())
                .isEmpty();

        consul.agentClient().toggleMaintenanceMode("kiwi-web-1", true, "a test");
        assertThat(healthy("kiwi-web")).isEmpty();
        consul.agentClient().toggleMaintenanceMode("kiwi-web-1", false);
        assertThat(healthy("kiwi-web")).hasSize(1);

        consul.agentClient().deregister("kiwi-web-1");
        assertThat(consul.agentClient().isRegistered("kiwi-web-1")).isFalse();
        assertThatThrownBy(() -> consul.agentClient().getService("kiwi-web-1", QueryOptions.BLANK))
                .isInstanceOf(NotRegisteredException.class);
    }

    @Test
    void checksGoThroughTheirStatesWithTheirNotes() throws NotRegisteredException {
        consul.agentClient().register(registration("kiwi-checked", "kiwi-checked"));

        consul.agentClient().warn("kiwi-checked", "slow");
        assertThat(status("kiwi-checked")).isEqualTo("warning");
        consul.agentClient().fail("kiwi-checked");
        assertThat(consul.healthClient().getChecksByState(State.FAIL).getResponse())
                .anyMatch(check -> "service:kiwi-checked".equals(check.getCheckId()));
        consul.agentClient().passCheck("service:kiwi-checked", "well again");
        assertThat(status("kiwi-checked")).isEqualTo("passing");

        consul.agentClient().registerCheck("kiwi-own", "own", 60);
        assertThat(consul.agentClient().getChecks()).containsKey("kiwi-own");
        consul.agentClient().deregisterCheck("kiwi-own");
        assertThat(consul.agentClient().getChecks()).doesNotContainKey("kiwi-own");
        consul.agentClient().deregister("kiwi-checked");
    }

    @Test
    void anAgentTellsWhoItIsAndWhoIsThere() {
        String node = consul.agentClient().getAgent().getConfig().getNodeName();

        consul.agentClient().ping();
        assertThat(consul.agentClient().getMembers()).anyMatch(member -> node.equals(member.getName()));
        assertThat(consul.statusClient().getLeader()).contains(":");
        assertThat(consul.statusClient().getPeers()).isNotEmpty();
        assertThat(consul.catalogClient().getDatacenters()).containsExactly("dc1");
        assertThat(consul.catalogClient().getNode(node).getResponse().getNode().getNode())
                .isEqualTo(node);
        assertThat(consul.healthClient().getNodeChecks(node).getResponse())
                .anyMatch(check -> "serfHealth".equals(check.getCheckId()));
    }

    @Test
    void aCacheFollowsAServiceAndItsChecks() throws Exception {
        consul.agentClient().register(registration("kiwi-watched", "kiwi-watched"));
        try (ServiceHealthCache cache = ServiceHealthCache.newCache(
                consul.healthClient(),
                "kiwi-watched",
                true,
                5,
                ImmutableQueryOptions.builder().build())) {
            cache.start();
            until(cache, 1);

            consul.agentClient().fail("kiwi-watched");
            until(cache, 0);
            consul.agentClient().pass("kiwi-watched");
            until(cache, 1);
            consul.agentClient().deregister("kiwi-watched");
            until(cache, 0);
        }
    }

    @Test
    void aServiceOfAPeerIsRead() {
        FarPeer.open(log, "kiwi-peer", "kiwi-imported");
        Consul peer = Consul.builder()
                .withPing(false)
                .withFailoverInterceptorUsingStrategy(new AtPeer(address(), "kiwi-peer"))
                .build();

        ConsulResponse<List<ServiceHealth>> found = peer.healthClient().getHealthyServiceInstances("kiwi-imported");

        assertThat(found.getIndex()).isPositive();
        assertThat(found.getResponse())
                .singleElement()
                .satisfies(
                        instance -> assertThat(instance.getService().getPort()).isEqualTo(FarPeer.PORT));
        assertThat(healthy("kiwi-imported")).isEmpty();
        peer.destroy();
        FarPeer.close("kiwi-peer");
    }

    private static Registration registration(String name, String id) {
        return ImmutableRegistration.builder()
                .name(name)
                .id(id)
                .address("10.0.0.1")
                .port(8080)
                .addTags("blue")
                .meta(Map.of("zone", "a"))
                .check(org.kiwiproject.consul.model.agent.ImmutableRegCheck.builder()
                        .ttl("10m")
                        .status("passing")
                        .build())
                .build();
    }

    private List<ServiceHealth> healthy(String service) {
        return consul.healthClient().getHealthyServiceInstances(service).getResponse();
    }

    private String status(String service) {
        return consul.healthClient()
                .getServiceChecks(service)
                .getResponse()
                .get(0)
                .getStatus();
    }

    private HostAndPort address() {
        return HostAndPort.fromParts(server.getHost(), server.getPort());
    }

    private static void until(ServiceHealthCache cache, int size) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(cache.getMap()).hasSize(size));
    }

    /** Sends each request to one agent, with the parameter that asks about a peer. */
    private record AtPeer(HostAndPort agent, String peer) implements ConsulFailoverStrategy {
        @Override
        public Optional<Request> computeNextStage(Request request) {
            return Optional.of(request.newBuilder()
                    .url(request.url()
                            .newBuilder()
                            .host(agent.getHost())
                            .port(agent.getPort())
                            .setQueryParameter("peer", peer)
                            .build())
                    .build());
        }

        @Override
        public Optional<Request> computeNextStage(Request request, Response previous) {
            return previous.isSuccessful() ? Optional.empty() : computeNextStage(request);
        }

        @Override
        public boolean isRequestViable(Request request) {
            return true;
        }

        @Override
        public void markRequestFailed(Request request) {}
    }
}
