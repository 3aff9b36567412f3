package dev.entente.rest.json;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.PartitionName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the agent says of the health of its services (protocol chapter 6.8, {@code /v1/agent/health/service}). */
public final class AgentHealthJson {
    private AgentHealthJson() {}

    /** One service with the status that its checks add up to. */
    public record ServiceHealth(String status, Service service, List<Check> checks) {}

    public static byte[] one(AgentServiceJson services, Optional<ServiceHealth> health) {
        return Json.bytes(json -> health.ifPresentOrElse(
                found -> write(json, services, found),
                () -> json.members(object -> object.text("AggregatedStatus", Check.CRITICAL)
                        .nothing("Service")
                        .nothing("Checks"))));
    }

    public static byte[] list(AgentServiceJson services, List<ServiceHealth> healths) {
        return Json.array(healths, (json, health) -> write(json, services, health));
    }

    /** {@code /v1/agent/checks}: by id, in the catalog's shape without indexes. */
    public static byte[] checksById(PartitionName partition, List<Check> checks) {
        Map<String, Check> byId = new TreeMap<>();
        checks.forEach(check -> byId.put(check.id(), check));
        Origin origin = new Origin(partition, null);
        return Json.object(json ->
                byId.forEach((id, check) -> CheckJson.write(json.name(id), origin, new Indexed<>(check, 0, 0))));
    }

    private static void write(Json json, AgentServiceJson services, ServiceHealth health) {
        json.members(object -> {
            object.text("AggregatedStatus", health.status());
            services.write(object.name("Service"), health.service(), "");
            object.array("Checks", health.checks(), AgentHealthJson::check);
        });
    }

    /** This endpoint shows checks in a shape of its own. */
    private static void check(Json json, Check check) {
        json.members(object -> object.text("Node", check.node())
                .text("CheckID", check.id())
                .text("Name", check.name())
                .text("Status", check.status())
                .text("Notes", check.notes())
                .text("Output", check.output())
                .text("ServiceID", check.serviceId())
                .text("ServiceName", check.serviceName())
                .textsOrNull("ServiceTags", check.serviceTags())
                .text("Type", "")
                .number("ExposedPort", check.exposedPort())
                .object("Definition", AgentHealthJson::emptyDefinition)
                .number("CreateIndex", 0)
                .number("ModifyIndex", 0));
    }

    private static void emptyDefinition(Json json) {
        json.text("Interval", "0s")
                .text("Timeout", "0s")
                .text("DeregisterCriticalServiceAfter", "0s")
                .text("HTTP", "")
                .nothing("Header")
                .text("Method", "")
                .text("Body", "")
                .text("TLSServerName", "")
                .flag("TLSSkipVerify", false)
                .text("TCP", "")
                .text("UDP", "")
                .text("GRPC", "")
                .text("OSService", "")
                .flag("GRPCUseTLS", false);
    }
}
