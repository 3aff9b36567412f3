package dev.entente.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecwid.consul.SingleUrlParameters;
import com.ecwid.consul.transport.HttpResponse;
import com.ecwid.consul.v1.ConsulClient;
import com.ecwid.consul.v1.ConsulRawClient;
import com.ecwid.consul.v1.OperationException;
import com.ecwid.consul.v1.QueryParams;
import com.ecwid.consul.v1.Response;
import com.ecwid.consul.v1.agent.model.NewCheck;
import com.ecwid.consul.v1.agent.model.NewService;
import com.ecwid.consul.v1.catalog.CatalogServicesRequest;
import com.ecwid.consul.v1.catalog.model.CatalogDeregistration;
import com.ecwid.consul.v1.catalog.model.CatalogRegistration;
import com.ecwid.consul.v1.health.HealthServicesRequest;
import com.ecwid.consul.v1.health.model.Check;
import com.ecwid.consul.v1.health.model.HealthService;
import dev.entente.boot.StoresResource;
import dev.entente.engine.port.ChangeLog;
import dev.entente.rest.FarPeer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client inside Spring Cloud Consul. A peer is named through its raw form. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class SpringConsulClientTest {
    @TestHTTPResource
    URL server;

    @Inject
    ChangeLog log;

    private ConsulRawClient raw;
    private ConsulClient client;

    @BeforeEach
    void connect() {
        raw = new ConsulRawClient(server.getHost(), server.getPort());
        client = new ConsulClient(raw);
    }

    @Test
    void aServiceIsRegisteredFoundEverywhereMaintainedAndGone() {
        client.agentServiceRegister(service("spring-web", "spring-web-1"));

        assertThat(client.getAgentServices().getValue())
                .hasEntrySatisfying(
                        "spring-web-1", found -> assertThat(found.getPort()).isEqualTo(8080));
        assertThat(client.getCatalogServices(CatalogServicesRequest.newBuilder().build())
                        .getValue())
                .containsKey("spring-web");
        assertThat(client.getCatalogService("spring-web", QueryParams.DEFAULT).getValue())
                .singleElement()
                .satisfies(found -> assertThat(found.getServiceMeta()).containsEntry("zone", "a"));
        assertThat(passing("spring-web"))
                .singleElement()
                .satisfies(found -> assertThat(found.getService().getAddress()).isEqualTo("10.0.0.1"));
        assertThat(client.getCatalogNode(
                                client.getAgentSelf().getValue().getConfig().getNodeName(), QueryParams.DEFAULT)
                        .getValue()
                        .getServices())
                .containsKey("spring-web-1");

        client.agentServiceSetMaintenance("spring-web-1", true, "a test");
        assertThat(passing("spring-web")).isEmpty();
        client.agentServiceSetMaintenance("spring-web-1", false);
        assertThat(passing("spring-web")).hasSize(1);

        client.agentServiceDeregister("spring-web-1");
        assertThat(passing("spring-web")).isEmpty();
    }

    @Test
    void checksGoThroughTheirStates() {
        client.agentServiceRegister(service("spring-checked", "spring-checked"));

        client.agentCheckWarn("service:spring-checked", "slow");
        assertThat(status("spring-checked")).isEqualTo(Check.CheckStatus.WARNING);
        client.agentCheckFail("service:spring-checked");
        assertThat(client.getHealthChecksState(Check.CheckStatus.CRITICAL, QueryParams.DEFAULT)
                        .getValue())
                .anyMatch(check -> "service:spring-checked".equals(check.getCheckId()));
        client.agentCheckPass("service:spring-checked", "well again");
        assertThat(status("spring-checked")).isEqualTo(Check.CheckStatus.PASSING);

        NewCheck check = new NewCheck();
        check.setId("spring-own");
        check.setName("own");
        check.setTtl("1m");
        client.agentCheckRegister(check);
        assertThat(client.getAgentChecks().getValue()).containsKey("spring-own");
        client.agentCheckDeregister("spring-own");
        assertThat(client.getAgentChecks().getValue()).doesNotContainKey("spring-own");
        client.agentServiceDeregister("spring-checked");

        assertThatThrownBy(() -> client.agentCheckPass("service:spring-nobody"))
                .isInstanceOfSatisfying(
                        OperationException.class,
                        refused -> assertThat(refused.getStatusCode()).isEqualTo(404));
    }

    @Test
    void theCatalogIsWrittenDirectly() {
        CatalogRegistration registration = new CatalogRegistration();
        registration.setNode("spring-far");
        registration.setAddress("10.0.0.9");
        CatalogRegistration.Service service = new CatalogRegistration.Service();
        service.setId("spring-cat");
        service.setService("spring-cat");
        registration.setService(service);
        client.catalogRegister(registration);

        assertThat(client.getCatalogNodes(QueryParams.DEFAULT).getValue())
                .anyMatch(node -> "spring-far".equals(node.getNode()));
        assertThat(client.getHealthChecksForNode("spring-far", QueryParams.DEFAULT)
                        .getValue())
                .isEmpty();
        CatalogDeregistration removal = new CatalogDeregistration();
        removal.setNode("spring-far");
        client.catalogDeregister(removal);
        assertThat(client.getCatalogService("spring-cat", QueryParams.DEFAULT).getValue())
                .isEmpty();
    }

    @Test
    void theClusterIsNamed() {
        assertThat(client.getStatusLeader().getValue()).contains(":");
        assertThat(client.getStatusPeers().getValue()).isNotEmpty();
        assertThat(client.getCatalogDatacenters().getValue()).containsExactly("dc1");
        assertThat(client.getAgentMembers().getValue()).isNotEmpty();
    }

    /** Spring Cloud Consul's own watch waits like this on all services. */
    @Test
    void aWaitingReadOfAllServicesWakesForANewOne() throws Exception {
        Response<Map<String, List<String>>> first =
                client.getCatalogServices(CatalogServicesRequest.newBuilder().build());
        CompletableFuture<Response<Map<String, List<String>>>> waiting =
                CompletableFuture.supplyAsync(() -> client.getCatalogServices(CatalogServicesRequest.newBuilder()
                        .setQueryParams(new QueryParams(20, first.getConsulIndex()))
                        .build()));

        client.agentServiceRegister(service("spring-watched", "spring-watched"));

        Response<Map<String, List<String>>> woken = waiting.get(20, TimeUnit.SECONDS);
        assertThat(woken.getConsulIndex()).isGreaterThan(first.getConsulIndex());
        assertThat(woken.isConsulKnownLeader()).isTrue();
        client.agentServiceDeregister("spring-watched");
    }

    @Test
    void aServiceOfAPeerIsRead() {
        FarPeer.open(log, "spring-peer", "spring-imported");

        HttpResponse answer = raw.makeGetRequest(
                "/v1/health/service/spring-imported",
                new SingleUrlParameters("peer", "spring-peer"),
                new SingleUrlParameters("passing"));

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getContent()).contains("spring-peer", FarPeer.ADDRESS);
        FarPeer.close("spring-peer");
    }

    private static NewService service(String name, String id) {
        NewService service = new NewService();
        service.setName(name);
        service.setId(id);
        service.setAddress("10.0.0.1");
        service.setPort(8080);
        service.setTags(List.of("blue"));
        service.setMeta(Map.of("zone", "a"));
        NewService.Check check = new NewService.Check();
        check.setTtl("10m");
        check.setStatus("passing");
        service.setCheck(check);
        return service;
    }

    private List<HealthService> passing(String service) {
        return client.getHealthServices(
                        service,
                        HealthServicesRequest.newBuilder().setPassing(true).build())
                .getValue();
    }

    private Check.CheckStatus status(String service) {
        return client.getHealthChecksForService(service, QueryParams.DEFAULT)
                .getValue()
                .get(0)
                .getStatus();
    }
}
