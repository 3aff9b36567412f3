package dev.entente.domain.export;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.ImportedService;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What of a peer's words becomes part of what we imported from it (protocol chapters 4.1 to 4.3). */
public final class ImportRules {
    private ImportRules() {}

    /**
     * Checks what a peer sent under a resource id. The result is the complete new state of this name; empty when the peer has
     * no instance left.
     */
    public static Outcome<ImportedService> service(String resourceId, List<ImportedInstance> instances) {
        if (resourceId.isEmpty()) {
            return refused("failed to register service: Must provide service name");
        }
        List<ImportedInstance> accepted = new ArrayList<>(instances.size());
        Set<List<String>> seen = new HashSet<>();
        for (ImportedInstance instance : instances) {
            String fault = faultOf(resourceId, instance);
            if (!fault.isEmpty()) {
                return refused(fault);
            }
            if (seen.add(List.of(instance.node().name(), instance.service().id()))) {
                accepted.add(inItsPlace(instance));
            }
        }
        return Outcome.accepted(new ImportedService(resourceId, accepted));
    }

    /** The names that stay when a peer exports these: each service and its proxy (protocol chapter 4.3). */
    public static Set<String> kept(Collection<String> exported) {
        Set<String> kept = new HashSet<>();
        for (String name : exported) {
            kept.add(name);
            kept.add(SyntheticProxy.resourceId(name));
        }
        return kept;
    }

    private static String faultOf(String resourceId, ImportedInstance instance) {
        Service service = instance.service();
        String node = instance.node().name();
        if (node.isEmpty()) {
            return "failed to register node: missing node name";
        }
        if (service.id().isEmpty()) {
            return "failed to register service: missing service id on node " + node;
        }
        if (!service.name().equals(resourceId)) {
            return "failed to register service: " + service.name() + " does not belong to " + resourceId;
        }
        String meta = ServiceMetaRules.faultOf(service);
        if (!meta.isEmpty()) {
            return "failed to register service: Invalid Service Meta for node " + node + " and serviceID "
                    + service.id() + ": " + meta;
        }
        return faultOfChecks(instance);
    }

    private static String faultOfChecks(ImportedInstance instance) {
        for (Check check : instance.checks()) {
            if (check.id().isEmpty()) {
                return "failed to register check: missing check id on node "
                        + instance.node().name();
            }
            if (!check.isNodeCheck()
                    && !check.serviceId().equals(instance.service().id())) {
                return "failed to register check: Missing service registration";
            }
        }
        return "";
    }

    /** A check belongs to the node and, unless it is the node's, to the service that it came with, whatever it says itself. */
    private static ImportedInstance inItsPlace(ImportedInstance instance) {
        List<Check> checks = instance.checks().stream()
                .map(check -> check.withNode(instance.node().name()))
                .map(check -> check.isNodeCheck() ? check : check.ofService(instance.service()))
                .toList();
        return new ImportedInstance(instance.node(), instance.service(), checks);
    }

    private static Outcome<ImportedService> refused(String text) {
        return Outcome.refused(new Refusal(Refusal.Kind.INTERNAL, text));
    }
}
