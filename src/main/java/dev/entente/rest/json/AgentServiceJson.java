package dev.entente.rest.json;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.VirtualAddresses;
import dev.entente.domain.identity.PartitionName;
import java.util.List;

/**
 * A service as its agent shows it (protocol chapter 6.2, AgentService).
 *
 * @param datacenter of the agent
 */
public record AgentServiceJson(PartitionName partition, String datacenter) {

    /** {@code /v1/agent/services}: by id. */
    public byte[] byId(List<Service> services) {
        return Json.object(json -> services.forEach(service -> write(json.name(service.id()), service, "")));
    }

    /** {@code /v1/agent/service/:id}. */
    public byte[] withHash(Service service) {
        return Json.bytes(json -> write(json, service, hash(service)));
    }

    /** What changes when the service does, and only then. */
    public String hash(Service service) {
        return ContentHash.of(VirtualAddresses.asRegistered(service));
    }

    void write(Json json, Service held, String hash) {
        Service service = VirtualAddresses.asRegistered(held);
        json.members(object -> {
            object.textIfAny("Kind", service.kind())
                    .text("ID", service.id())
                    .text("Service", service.name())
                    .texts("Tags", service.tags())
                    .textMap("Meta", service.meta())
                    .number("Port", service.port())
                    .text("Address", service.address())
                    .textIfAny("SocketPath", service.socketPath());
            ServiceJson.addressesIfAny(object, "TaggedAddresses", service.taggedAddresses());
            object.object("Weights", weights -> ServiceJson.weights(weights, service.weights()))
                    .flag("EnableTagOverride", service.enableTagOverride())
                    .textIfAny("ContentHash", hash);
            if (service.hasProxy()) {
                ProxyJson.writeForAgent(object.name("Proxy"), service.proxy());
            }
            if (service.connect().isNative()) {
                object.object("Connect", connect -> connect.flag("Native", true));
            }
            object.textIfAny("Partition", partition.external()).text("Datacenter", datacenter);
        });
    }

    /** Services without their indexes, which agents do not show. */
    public static List<Service> plain(List<Indexed<Service>> services) {
        return services.stream().map(Indexed::value).toList();
    }
}
