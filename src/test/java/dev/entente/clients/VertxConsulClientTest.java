package dev.entente.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.boot.StoresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.consul.BlockingQueryOptions;
import io.vertx.ext.consul.Check;
import io.vertx.ext.consul.CheckOptions;
import io.vertx.ext.consul.CheckStatus;
import io.vertx.ext.consul.ConsulClient;
import io.vertx.ext.consul.ConsulClientOptions;
import io.vertx.ext.consul.HealthState;
import io.vertx.ext.consul.MaintenanceOptions;
import io.vertx.ext.consul.NodeQueryOptions;
import io.vertx.ext.consul.Service;
import io.vertx.ext.consul.ServiceEntry;
import io.vertx.ext.consul.ServiceEntryList;
import io.vertx.ext.consul.ServiceList;
import io.vertx.ext.consul.ServiceOptions;
import io.vertx.ext.consul.ServiceQueryOptions;
import io.vertx.ext.consul.Watch;
import jakarta.inject.Inject;
import java.net.URL;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Vert.x' own client. It has no way to name a peer. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class VertxConsulClientTest {
    @TestHTTPResource
    URL server;

    @Inject
    Vertx vertx;

    private ConsulClient client;

    @BeforeEach
    void connect() {
        client = ConsulClient.create(vertx, options());
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void aServiceIsRegisteredFoundEverywhereMaintainedAndGone() throws Exception {
        await(client.registerService(service("vertx-web", "vertx-web-1")
                .setTags(List.of("blue", "v2"))
                .setAddress("10.0.0.1")
                .setPort(8080)
                .setMeta(java.util.Map.of("zone", "a"))));

        assertThat(await(client.localServices()))
                .filteredOn(service -> "vertx-web-1".equals(service.getId()))
                .singleElement()
                .satisfies(service -> assertThat(service.getTags()).containsExactly("blue", "v2"));
        assertThat(await(client.catalogServices()).getList())
                .filteredOn(service -> "vertx-web".equals(service.getName()))
                .singleElement()
                .satisfies(service -> assertThat(service.getTags()).containsExactlyInAnyOrder("blue", "v2"));
        Service found = await(
                        client.catalogServiceNodesWithOptions("vertx-web", new ServiceQueryOptions().setTag("v2")))
                .getList()
                .get(0);
        assertThat(found.getAddress()).isEqualTo("10.0.0.1");
        assertThat(found.getPort()).isEqualTo(8080);
        assertThat(found.getMeta()).containsEntry("zone", "a");
        assertThat(await(client.catalogNodeServices(found.getNode())).getList())
                .anyMatch(service -> "vertx-web-1".equals(service.getId()));
        assertThat(await(client.healthServiceNodes("vertx-web", true)).getList())
                .hasSize(1);

        await(client.maintenanceService(
                new MaintenanceOptions().setId("vertx-web-1").setEnable(true).setReason("a test")));
        assertThat(await(client.healthServiceNodes("vertx-web", true)).getList())
                .isEmpty();
        await(client.maintenanceService(
                new MaintenanceOptions().setId("vertx-web-1").setEnable(false)));
        assertThat(await(client.healthServiceNodes("vertx-web", true)).getList())
                .hasSize(1);

        await(client.deregisterService("vertx-web-1"));
        assertThat(await(client.healthServiceNodes("vertx-web", false)).getList())
                .isEmpty();
    }

    @Test
    void checksGoThroughTheirStatesWithTheirNotes() throws Exception {
        await(client.registerService(service("vertx-checked", "vertx-checked")));

        await(client.warnCheckWithNote("service:vertx-checked", "slow"));
        assertThat(status("vertx-checked").getStatus()).isEqualTo(CheckStatus.WARNING);
        assertThat(status("vertx-checked").getOutput()).isEqualTo("slow");
        await(client.failCheck("service:vertx-checked"));
        assertThat(await(client.healthState(HealthState.CRITICAL)).getList())
                .anyMatch(check -> "service:vertx-checked".equals(check.getId()));
        await(client.updateCheckWithNote("service:vertx-checked", CheckStatus.PASSING, "well again"));
        assertThat(status("vertx-checked").getStatus()).isEqualTo(CheckStatus.PASSING);

        await(client.registerCheck(new CheckOptions()
                .setId("vertx-own")
                .setName("own")
                .setTtl("1m")
                .setStatus(CheckStatus.PASSING)));
        assertThat(await(client.localChecks())).anyMatch(check -> "vertx-own".equals(check.getId()));
        await(client.deregisterCheck("vertx-own"));
        assertThat(await(client.localChecks())).noneMatch(check -> "vertx-own".equals(check.getId()));
        await(client.deregisterService("vertx-checked"));
    }

    @Test
    void anAgentTellsWhoItIsAndWhoIsThere() throws Exception {
        JsonObject self = await(client.agentInfo());
        String node = self.getJsonObject("Config").getString("NodeName");

        assertThat(await(client.leaderStatus())).contains(":");
        assertThat(await(client.peersStatus())).isNotEmpty();
        assertThat(await(client.catalogDatacenters())).containsExactly("dc1");
        assertThat(await(client.catalogNodesWithOptions(new NodeQueryOptions().setNear("_agent")))
                        .getList())
                .anyMatch(found -> node.equals(found.getName()));
        assertThat(await(client.healthNodesWithOptions(node, new io.vertx.ext.consul.CheckQueryOptions()))
                        .getList())
                .anyMatch(check -> "serfHealth".equals(check.getId()));
    }

    @Test
    void aBlockingReadReturnsAtItsWaitWithTheSameIndex() throws Exception {
        ServiceEntryList first = await(client.healthServiceNodes("vertx-nobody", false));

        ServiceEntryList second = await(client.healthServiceNodesWithOptions(
                "vertx-nobody",
                false,
                new ServiceQueryOptions()
                        .setBlockingOptions(new BlockingQueryOptions()
                                .setIndex(first.getIndex())
                                .setWait("300ms"))));

        assertThat(first.getIndex()).isPositive();
        assertThat(second.getList()).isEmpty();
    }

    @Test
    void watchesTellOfAServiceAndOfItsFailingCheck() throws Exception {
        BlockingQueue<List<ServiceEntry>> instances = new LinkedBlockingQueue<>();
        BlockingQueue<ServiceList> services = new LinkedBlockingQueue<>();
        Watch<ServiceEntryList> one = Watch.service("vertx-watched", vertx, options())
                .setHandler(result -> {
                    if (result.succeeded()) {
                        instances.add(result.nextResult().getList());
                    }
                })
                .start();
        Watch<ServiceList> all = Watch.services(vertx, options())
                .setHandler(result -> {
                    if (result.succeeded()) {
                        services.add(result.nextResult());
                    }
                })
                .start();
        try {
            await(client.registerService(service("vertx-watched", "vertx-watched")));
            until(instances, list -> list.size() == 1);
            until(services, list -> list.getList().stream().anyMatch(s -> "vertx-watched".equals(s.getName())));

            await(client.failCheck("service:vertx-watched"));
            until(
                    instances,
                    list -> list.stream()
                            .flatMap(entry -> entry.getChecks().stream())
                            .anyMatch(check -> check.getStatus() == CheckStatus.CRITICAL));

            await(client.deregisterService("vertx-watched"));
            until(instances, List::isEmpty);
        } finally {
            one.stop();
            all.stop();
        }
    }

    private static ServiceOptions service(String name, String id) {
        return new ServiceOptions()
                .setName(name)
                .setId(id)
                .setCheckOptions(new CheckOptions().setTtl("10m").setStatus(CheckStatus.PASSING));
    }

    private Check status(String service) throws Exception {
        return await(client.healthChecks(service)).getList().get(0);
    }

    private ConsulClientOptions options() {
        return new ConsulClientOptions().setHost(server.getHost()).setPort(server.getPort());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static <T> void until(BlockingQueue<T> queue, Predicate<T> wanted) throws InterruptedException {
        T next = queue.poll(20, TimeUnit.SECONDS);
        while (next != null && !wanted.test(next)) {
            next = queue.poll(20, TimeUnit.SECONDS);
        }
        assertThat(next).as("what the watch was to tell").isNotNull();
    }
}
