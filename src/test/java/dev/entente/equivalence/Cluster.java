package dev.entente.equivalence;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** What the script has done to one side so far. */
final class Cluster {
    final Side side;
    /** What its services are called, the one without instances among them. */
    final List<String> names;

    final boolean mayExportAll;
    final List<Instance> instances = new ArrayList<>();
    /** The nodes that the script has registered, with their own checks. */
    final Map<String, Map<String, String>> nodes = new LinkedHashMap<>();

    final Set<String> exported = new TreeSet<>();
    final Set<String> intentions = new TreeSet<>();
    final Set<String> resolvers = new TreeSet<>();
    final Set<String> defaults = new TreeSet<>();
    final Set<String> gateways = new TreeSet<>();
    final Set<String> proxies = new TreeSet<>();
    boolean everythingExported;
    boolean inMaintenance;
    private int made;

    /**
     * Where both sides use the same names, none exports everything: when the last instance of an imported name goes, Consul
     * forgets that it has local ones of that name, and exports them no more.
     */
    Cluster(Side side, boolean sharesNames) {
        this.side = side;
        this.mayExportAll = !sharesNames;
        this.names = sharesNames
                ? Reads.SERVICES
                : side == Side.A ? List.of("web", "api", "db", Reads.GHOST) : List.of("shop", "cart", Reads.GHOST);
    }

    String someName(SplittableRandom random) {
        return names.get(random.nextInt(names.size()));
    }

    String next(String service) {
        return service + "-" + ++made;
    }

    List<Instance> on(String node) {
        return instances.stream().filter(i -> i.node.equals(node)).toList();
    }

    Expected.Exports exports() {
        return new Expected.Exports(everythingExported, exported);
    }

    /**
     * Whether an instance now has checks with two different statuses that are not passing. Which of them counts is answered
     * differently on purpose, so scripts keep away from it.
     */
    boolean isUndecided() {
        for (Instance instance : instances) {
            Set<String> bad = new HashSet<>(instance.checks.values());
            bad.addAll(nodes.getOrDefault(instance.node, Map.of()).values());
            if (instance.inMaintenance || (inMaintenance && instance.agents)) {
                bad.add("critical");
            }
            bad.remove("passing");
            if (bad.size() > 1) {
                return true;
            }
        }
        return false;
    }
}
