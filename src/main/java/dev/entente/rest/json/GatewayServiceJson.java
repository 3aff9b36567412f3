package dev.entente.rest.json;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.gateway.GatewayService;
import java.util.List;

/** The services that a gateway leads to (protocol chapter 6.5). */
public final class GatewayServiceJson {
    private GatewayServiceJson() {}

    public static byte[] list(List<Indexed<GatewayService>> services) {
        return Json.array(services, GatewayServiceJson::write);
    }

    private static void write(Json json, Indexed<GatewayService> indexed) {
        GatewayService service = indexed.value();
        json.members(object -> object.object("Gateway", each -> each.text("Name", service.gateway()))
                .object("Service", each -> each.text("Name", service.service()))
                .text("GatewayKind", service.gatewayKind())
                .numberIfAny("Port", service.port())
                .textIfAny("Protocol", service.protocol())
                .textsIfAny("Hosts", service.hosts())
                .textIfAny("CAFile", service.tls().caFile())
                .textIfAny("CertFile", service.tls().certFile())
                .textIfAny("KeyFile", service.tls().keyFile())
                .textIfAny("SNI", service.tls().sni())
                .flagIfSet("FromWildcard", service.fromWildcard())
                .textIfAny("ServiceKind", service.serviceKind())
                .number("CreateIndex", indexed.createIndex())
                .number("ModifyIndex", indexed.modifyIndex()));
    }
}
