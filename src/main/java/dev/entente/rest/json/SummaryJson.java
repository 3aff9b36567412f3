package dev.entente.rest.json;

import dev.entente.domain.catalog.HealthOverview;
import dev.entente.domain.catalog.HealthOverview.Counts;
import dev.entente.domain.catalog.ServiceSummary;
import dev.entente.domain.gateway.BoundService;
import dev.entente.domain.gateway.GatewayBindings;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.intention.CallDecision;
import dev.entente.engine.config.ServiceTopology;
import dev.entente.engine.config.ServiceTopology.Neighbour;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Services summed up for pages (protocol chapter 6.10). */
public final class SummaryJson {
    private SummaryJson() {}

    /** {@code /v1/internal/ui/services} and {@code /exported-services}. */
    public static byte[] list(PartitionName partition, List<ServiceSummary> services, GatewayBindings gateways) {
        Set<String> present = services.stream()
                .filter(service -> service.peer().isEmpty())
                .map(ServiceSummary::name)
                .collect(Collectors.toSet());
        return Json.array(
                services,
                (json, service) -> json.members(object -> {
                    summary(
                            object,
                            partition,
                            service,
                            gateway -> gateway.numberIfAny("AssociatedServiceCount", gateways.servicesOf(service)));
                    object.flag("ConnectedWithProxy", service.hasProxy())
                            .flag("ConnectedWithGateway", gateways.isConnected(service, present));
                }));
    }

    /** {@code /v1/internal/ui/gateway-services-nodes}. */
    public static byte[] bound(PartitionName partition, List<BoundService> services) {
        return Json.array(
                services,
                (json, service) -> json.members(object -> summary(
                        object,
                        partition,
                        service.summary(),
                        gateway -> gateway.textsIfAny("Addresses", service.addresses()))));
    }

    public static byte[] topology(PartitionName partition, ServiceTopology topology) {
        return Json.object(json -> json.text("Protocol", topology.protocol())
                .flag("TransparentProxy", topology.transparentProxy())
                .array("Upstreams", topology.upstreams(), (each, other) -> neighbour(each, partition, other))
                .array("Downstreams", topology.downstreams(), (each, other) -> neighbour(each, partition, other))
                .flag("FilteredByACLs", false));
    }

    public static byte[] overview(HealthOverview overview) {
        return Json.object(json -> json.array("Nodes", List.of(overview.nodes()), SummaryJson::counts)
                .array("Services", overview.services(), SummaryJson::counts)
                .array("Checks", overview.checks(), SummaryJson::counts));
    }

    private static void counts(Json json, Counts counts) {
        json.members(object -> object.textIfAny("Name", counts.name())
                .number("Total", counts.total())
                .number("Passing", counts.passing())
                .number("Warning", counts.warning())
                .number("Critical", counts.critical()));
    }

    private static void neighbour(Json json, PartitionName partition, Neighbour neighbour) {
        CallDecision decision = neighbour.decision();
        json.members(object -> {
            summary(object, partition, neighbour.service(), gateway -> {});
            object.text("Source", neighbour.source().text())
                    .object(
                            "Intention",
                            intention -> intention
                                    .flag("Allowed", decision.allowed())
                                    .flag("HasPermissions", decision.hasPermissions())
                                    .text("ExternalSource", decision.externalSource())
                                    .flag("HasExact", decision.hasExact())
                                    .flag("DefaultAllow", decision.defaultAllow()));
        });
    }

    private static void summary(
            Json json, PartitionName partition, ServiceSummary service, Consumer<Json> gatewayConfig) {
        json.textIfAny("Kind", service.kind())
                .text("Name", service.name())
                .text("Datacenter", service.datacenter())
                .textsOrNull("Tags", service.tags())
                .textsOrNull("Nodes", service.nodes())
                .textsOrNull("ExternalSources", service.externalSources())
                .number("InstanceCount", service.nodes().size())
                .number("ChecksPassing", service.checks().passing())
                .number("ChecksWarning", service.checks().warning())
                .number("ChecksCritical", service.checks().critical())
                .object("GatewayConfig", gatewayConfig)
                .flag("TransparentProxy", service.transparentProxy())
                .flag("ConnectNative", service.connectNative())
                .textIfAny("PeerName", service.peer())
                .textIfAny("Partition", partition.external());
    }
}
