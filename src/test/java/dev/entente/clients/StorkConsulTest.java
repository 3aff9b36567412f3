package dev.entente.clients;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.boot.StoresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.stork.Stork;
import io.smallrye.stork.api.Metadata;
import io.smallrye.stork.api.Service;
import io.smallrye.stork.api.ServiceDefinition;
import io.smallrye.stork.api.ServiceInstance;
import io.smallrye.stork.api.ServiceRegistrar;
import io.smallrye.stork.impl.ConsulMetadataKey;
import io.smallrye.stork.servicediscovery.consul.ConsulConfiguration;
import io.smallrye.stork.serviceregistration.consul.ConsulRegistrarConfiguration;
import io.smallrye.stork.serviceregistration.consul.ConsulServiceRegistrarProvider;
import io.smallrye.stork.spi.StorkInfrastructure;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** SmallRye Stork's discovery and registrar for Consul. They have no way to name a peer. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class StorkConsulTest {
    @TestHTTPResource
    URL server;

    @Inject
    Vertx vertx;

    @Test
    void whatTheRegistrarRegistersIsDiscovered() {
        Service service = defined("stork-web");

        await(registrar("stork-web")
                .registerServiceInstance(
                        "stork-web",
                        Metadata.of(ConsulMetadataKey.class)
                                .with(ConsulMetadataKey.META_CONSUL_SERVICE_ID, "stork-web-1"),
                        "10.0.0.1",
                        8080));

        assertThat(await(service.getInstances())).singleElement().satisfies(instance -> {
            assertThat(instance.getHost()).isEqualTo("10.0.0.1");
            assertThat(instance.getPort()).isEqualTo(8080);
        });
        given().put("/v1/agent/service/deregister/stork-web-1").then().statusCode(200);
    }

    @Test
    void onlyPassingInstancesAreDiscoveredAndTheListFollowsTheirChecks() {
        register("stork-a", "passing");
        register("stork-b", "critical");
        Service service = defined("stork-checked");

        assertThat(ports(service)).containsExactly(81);

        given().put("/v1/agent/check/pass/service:stork-b").then().statusCode(200);
        given().put("/v1/agent/check/fail/service:stork-a").then().statusCode(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(ports(service)).containsExactly(82));
        given().put("/v1/agent/service/deregister/stork-a").then().statusCode(200);
        given().put("/v1/agent/service/deregister/stork-b").then().statusCode(200);
    }

    private static void register(String id, String status) {
        int port = id.endsWith("a") ? 81 : 82;
        given().body("{\"Name\":\"stork-checked\",\"ID\":\"" + id + "\",\"Address\":\"10.0.0.1\",\"Port\":" + port
                        + ",\"Check\":{\"TTL\":\"10m\",\"Status\":\"" + status + "\"}}")
                .put("/v1/agent/service/register")
                .then()
                .statusCode(200);
    }

    private static List<Integer> ports(Service service) {
        return await(service.getInstances()).stream()
                .map(ServiceInstance::getPort)
                .toList();
    }

    private Service defined(String name) {
        return Stork.getInstance()
                .defineIfAbsent(name, ServiceDefinition.of(new ConsulConfiguration(place()).withRefreshPeriod("1s")))
                .getService(name);
    }

    /** Made by its provider: a service that a program defines, other than one from its settings, has no registrar. */
    private ServiceRegistrar<ConsulMetadataKey> registrar(String name) {
        return new ConsulServiceRegistrarProvider()
                .createServiceRegistrar(new ConsulRegistrarConfiguration(place()), name, new OneVertx(vertx));
    }

    private Map<String, String> place() {
        return Map.of("consul-host", server.getHost(), "consul-port", "" + server.getPort());
    }

    /** Lets the registrar use the Vert.x that is here. */
    private record OneVertx(Vertx vertx) implements StorkInfrastructure {
        @Override
        public <T> T get(Class<T> wanted, Supplier<T> other) {
            return wanted.isInstance(vertx) ? wanted.cast(vertx) : other.get();
        }
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }
}
