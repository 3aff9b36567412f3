package dev.entente.engine.catalog;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.access.Caller;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes of the local catalog (protocol chapter 6.5); refusals fail with a RefusedException with the documented text. */
public interface CatalogCommands {

    /**
     * What {@code PUT /v1/catalog/register} asks for; names are not validated and defaults not filled in yet.
     *
     * @param checks each with the node, service and id that were given, possibly empty
     * @param peerName refused when not empty
     */
    record Register(
            String datacenter,
            String nodeId,
            String node,
            String address,
            Map<String, String> taggedAddresses,
            Map<String, String> nodeMeta,
            Optional<Service> service,
            List<Check> checks,
            boolean skipNodeUpdate,
            String peerName) {}

    /** What {@code PUT /v1/catalog/deregister} asks for. */
    record Deregister(String datacenter, String node, String serviceId, String checkId, String peerName) {}

    Uni<Void> register(Caller caller, PartitionName partition, Register command);

    Uni<Void> deregister(Caller caller, PartitionName partition, Deregister command);
}
