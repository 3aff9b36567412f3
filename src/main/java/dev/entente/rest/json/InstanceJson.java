package dev.entente.rest.json;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import java.util.List;
import java.util.function.Function;

/** Service instances with their node and checks, as health and catalog show them (protocol chapters 6.4 and 6.5). */
public final class InstanceJson {
    private InstanceJson() {}

    /** The encoder whose result is shared by all readers of the same instances. */
    public static Function<List<Instance>, byte[]> health(Origin origin) {
        return instances -> Json.array(instances, (json, instance) -> health(json, origin, instance));
    }

    private static void health(Json json, Origin origin, Instance instance) {
        json.members(object -> {
            NodeJson.write(object.name("Node"), origin, instance.node());
            ServiceJson.write(object.name("Service"), origin, instance.service());
            object.array("Checks", instance.checks(), (each, check) -> CheckJson.write(each, origin, check));
        });
    }

    /** The catalog's flat form, ServiceNode. */
    public static byte[] catalog(Origin origin, List<Instance> instances) {
        return Json.array(instances, (json, instance) -> catalog(json, origin, instance));
    }

    private static void catalog(Json json, Origin origin, Instance instance) {
        Node node = instance.node().value();
        Indexed<Service> indexed = instance.service();
        Service service = indexed.value();
        json.members(object -> {
            object.text("ID", node.id())
                    .text("Node", node.name())
                    .text("Address", node.address())
                    .text("Datacenter", node.datacenter())
                    .textMapOrNull("TaggedAddresses", node.taggedAddresses())
                    .textMapOrNull("NodeMeta", node.meta())
                    .text("ServiceKind", service.kind())
                    .text("ServiceID", service.id())
                    .text("ServiceName", service.name())
                    .texts("ServiceTags", service.tags())
                    .text("ServiceAddress", service.address());
            ServiceJson.addressesIfAny(object, "ServiceTaggedAddresses", service.taggedAddresses());
            object.object("ServiceWeights", weights -> ServiceJson.weights(weights, service.weights()))
                    .textMap("ServiceMeta", service.meta())
                    .number("ServicePort", service.port())
                    .text("ServiceSocketPath", service.socketPath())
                    .flag("ServiceEnableTagOverride", service.enableTagOverride())
                    .name("ServiceProxy");
            ProxyJson.write(object, service.proxy());
            object.object("ServiceConnect", connect -> ServiceJson.connect(connect, service.connect()))
                    .textIfAny("PeerName", origin.peerText())
                    .textIfAny("Partition", origin.partition().external())
                    .number("CreateIndex", indexed.createIndex())
                    .number("ModifyIndex", indexed.modifyIndex());
        });
    }
}
