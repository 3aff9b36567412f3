package dev.entente.domain.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.export.SyntheticProxy;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** In which order proxies go out, of listed names and of those that only a chain knows (protocol chapters 4.3 and 5.1). */
class OutboxTest {
    private static final String LIST = "exported-service-list";

    private Outbox outbox = Outbox.EMPTY.withRoom(1000);

    private List<String> told(List<String> names, Map<String, Resource.ExportedService> synthetic) {
        Outbox.Drained drained =
                outbox.exports(new Exports(names, synthetic, Map.of())).drain(EnumSet.allOf(ResourceType.class));
        outbox = drained.next().withRoom(1000);
        return drained.responses().stream()
                .map(response -> response.resourceId() + count(response))
                .toList();
    }

    private static String count(StreamMessage.Response response) {
        StreamMessage.Payload payload = response.payload();
        return payload != null && payload.resource() instanceof Resource.ExportedService service
                ? "=" + service.instances().size()
                : "";
    }

    private static Map<String, Resource.ExportedService> proxies(int gateways, String... names) {
        Map<String, Resource.ExportedService> proxies = new LinkedHashMap<>();
        for (String name : names) {
            String id = SyntheticProxy.resourceId(name);
            Node node = new Node("", "gw", "10.0.0.1", "dc1", Map.of(), Map.of());
            proxies.put(
                    id,
                    new Resource.ExportedService(Collections.nCopies(
                            gateways, new ImportedInstance(node, Service.typical(id, id, 8443), List.of()))));
        }
        return proxies;
    }

    @Test
    void aProxyOfAnUnlistedNameFollowsEachListForTheListMakesThePeerForgetIt() {
        assertThat(told(List.of("web"), proxies(1, "web", "ghost")))
                .containsExactly("web-sidecar-proxy=1", LIST, "ghost-sidecar-proxy=1");
        assertThat(told(List.of("web"), proxies(1, "web", "ghost"))).isEmpty();
        assertThat(told(List.of("api", "web"), proxies(1, "api", "web", "ghost")))
                .containsExactly("api-sidecar-proxy=1", LIST, "ghost-sidecar-proxy=1");
    }

    @Test
    void aNameThatBecomesListedHasItsProxySentAgain() {
        told(List.of("web"), proxies(1, "web", "ghost"));

        assertThat(told(List.of("ghost", "web"), proxies(1, "web", "ghost")))
                .containsExactly("ghost-sidecar-proxy=1", LIST);
        assertThat(told(List.of("web"), proxies(1, "web", "ghost"))).containsExactly(LIST, "ghost-sidecar-proxy=1");
    }

    @Test
    void aProxyOfAnUnlistedNameIsEmptiedWhenItsChainGoesAndOneWithoutGatewaysNeedsNoWordMore() {
        told(List.of("web"), proxies(1, "web", "ghost"));
        assertThat(told(List.of("web"), proxies(1, "web"))).containsExactly("ghost-sidecar-proxy=0");
        assertThat(told(List.of("web"), proxies(1, "web"))).isEmpty();

        assertThat(told(List.of("web"), proxies(0, "web", "ghost")))
                .containsExactly("web-sidecar-proxy=0", "ghost-sidecar-proxy=0");
        assertThat(told(List.of("api", "web"), proxies(0, "api", "web", "ghost")))
                .containsExactly("api-sidecar-proxy=0", LIST);
    }
}
