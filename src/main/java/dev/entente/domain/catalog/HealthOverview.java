package dev.entente.domain.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many nodes, instances and checks of a catalog are in which state; the worst check of a thing decides (protocol chapter 6.10). */
public record HealthOverview(Counts nodes, List<Counts> services, List<Counts> checks) {
    public HealthOverview {
        services = List.copyOf(services);
        checks = List.copyOf(checks);
    }

    /** How many of a name are in which state. */
    public record Counts(String name, int total, int passing, int warning, int critical) {
        Counts plus(String status) {
            return new Counts(
                    name,
                    total + 1,
                    passing + (status.equals(Check.PASSING) ? 1 : 0),
                    warning + (status.equals(Check.WARNING) ? 1 : 0),
                    critical + (status.equals(Check.CRITICAL) ? 1 : 0));
        }
    }

    /** What stands on one node. */
    public record OnNode(Collection<Service> services, Collection<Check> checks) {}

    public static HealthOverview of(Collection<OnNode> nodes) {
        Counts nodeCounts = new Counts("", 0, 0, 0, 0);
        Map<String, Counts> services = new TreeMap<>();
        Map<String, Counts> checks = new TreeMap<>();
        for (OnNode node : nodes) {
            nodeCounts = nodeCounts.plus(worst(node.checks(), ""));
            for (Service service : node.services()) {
                add(services, service.name(), worst(node.checks(), service.id()));
            }
            node.checks().forEach(check -> add(checks, check.name(), check.status()));
        }
        return new HealthOverview(nodeCounts, new ArrayList<>(services.values()), new ArrayList<>(checks.values()));
    }

    private static void add(Map<String, Counts> counts, String name, String status) {
        counts.put(name, counts.getOrDefault(name, new Counts(name, 0, 0, 0, 0)).plus(status));
    }

    /** Of the checks of one service, or of those of the node itself for no service. */
    private static String worst(Collection<Check> checks, String serviceId) {
        String worst = Check.PASSING;
        for (Check check : checks) {
            if (!check.serviceId().equals(serviceId)) {
                continue;
            }
            if (check.status().equals(Check.CRITICAL)) {
                return Check.CRITICAL;
            }
            if (check.status().equals(Check.WARNING)) {
                worst = Check.WARNING;
            }
        }
        return worst;
    }
}
