package dev.entente.engine.agent;

import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.access.Caller;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * What a client asks of this replica as its agent (protocol chapter 6.8): it all belongs to the replica's own node. Refusals fail with
 * a RefusedException with the documented text.
 */
public interface AgentCommands {

    /**
     * A check as an agent's client defines it.
     *
     * @param id empty for the default id
     * @param status empty for the default: critical
     */
    record CheckSpec(
            String id, String name, String serviceId, String status, String notes, CheckDefinition definition) {}

    /**
     * A service as an agent's client defines it.
     *
     * @param sidecar the nested sidecar definition, with its own checks
     * @param replaceExistingChecks whether checks that are not named again are removed
     */
    record RegisterService(
            Service service, List<CheckSpec> checks, Optional<SidecarSpec> sidecar, boolean replaceExistingChecks) {}

    /**
     * A sidecar as it was given; what is empty gets Consul's defaults (protocol chapter 6.8.1).
     *
     * @param nested whether it carries a sidecar itself, which is refused
     */
    record SidecarSpec(Service service, List<CheckSpec> checks, boolean nested) {
        public SidecarSpec(Service service, List<CheckSpec> checks) {
            this(service, checks, false);
        }
    }

    Uni<Void> registerService(Caller caller, PartitionName partition, RegisterService command);

    Uni<Void> deregisterService(Caller caller, PartitionName partition, String serviceId);

    Uni<Void> registerCheck(Caller caller, PartitionName partition, CheckSpec command);

    Uni<Void> deregisterCheck(Caller caller, PartitionName partition, String checkId);

    /** A TTL report; refused for a check without a TTL. */
    Uni<Void> report(Caller caller, PartitionName partition, String checkId, String status, String output);

    /** Sets or clears a service's maintenance mode. */
    Uni<Void> serviceMaintenance(
            Caller caller, PartitionName partition, String serviceId, boolean enable, String reason);

    /** Sets or clears the node's maintenance mode. */
    Uni<Void> nodeMaintenance(Caller caller, PartitionName partition, boolean enable, String reason);
}
