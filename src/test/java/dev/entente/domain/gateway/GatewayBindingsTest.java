package dev.entente.domain.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What gateways lead to, summed up. */
class GatewayBindingsTest {

    private static GatewayService bound(String gateway, String service, int port) {
        return new GatewayService(
                gateway, service, "ingress-gateway", port, "tcp", List.of(), GatewayService.TlsFiles.NONE, false, "");
    }

    /** Who waits for a list of services is woken by a list that differs: two of the same bindings have to be equal. */
    @Test
    void bindingsOfTheSameServicesAreEqual() {
        List<GatewayService> services = List.of(bound("in", "web", 1), bound("in", "web", 2), bound("other", "web", 1));

        assertThat(GatewayBindings.of(services))
                .isEqualTo(GatewayBindings.of(services))
                .hasSameHashCodeAs(GatewayBindings.of(services))
                .isNotEqualTo(GatewayBindings.of(services.subList(0, 2)))
                .isNotEqualTo(GatewayBindings.NONE);
    }
}
