package dev.entente.domain.chain;

import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ConfigKind;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.config.IngressGatewayEntry;
import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.domain.config.ServiceResolverEntry;
import dev.entente.domain.config.ServiceRouterEntry;
import dev.entente.domain.config.ServiceSplitterEntry;
import dev.entente.domain.query.Filter;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which changes of an entry the other entries allow (protocol chapters 8.1 and 8.3): every chain that the change touches must still
 * make sense, with gateways, intentions and exports as they are.
 */
public final class GraphRules {
    private static final Set<ConfigKind> ALONE = EnumSet.of(ConfigKind.MESH, ConfigKind.SAMENESS_GROUP);

    private GraphRules() {}

    /**
     * Where the entries are.
     *
     * @param trustDomain only names targets
     */
    public record Where(String partition, String datacenter, String trustDomain) {}

    /** Whether a change of such an entry has to be held against others. */
    public static boolean concern(ConfigKind kind) {
        return !ALONE.contains(kind);
    }

    /** Why an entry cannot be written as things are. */
    public static Optional<String> faultOfWriting(Where where, EntryGraph before, ConfigEntry entry) {
        ConfigKind kind = ConfigKind.of(entry.kind()).orElseThrow();
        EntryGraph after = before.with(entry);
        GraphChange change = new GraphChange(where, before, after);
        if (entry instanceof ExportedServicesEntry exports) {
            return firstFault(ExportSafety.exported(after, exports).stream()
                    .map(name -> ExportSafety.fault(name, where.partition(), after)));
        }
        if (entry instanceof ServiceIntentionsEntry intentions) {
            return change.fault(List.of(), Stream.empty(), false, Stream.of(intentions));
        }
        if (entry instanceof IngressGatewayEntry ingress) {
            return clash(kind, ConfigKind.TERMINATING_GATEWAY, entry.name(), before)
                    .or(() -> change.fault(List.of(), Stream.of(ingress), true, Stream.empty()));
        }
        if (kind == ConfigKind.TERMINATING_GATEWAY) {
            return clash(kind, ConfigKind.INGRESS_GATEWAY, entry.name(), before);
        }
        return faultOfFilters(entry).or(() -> faultOfChains(kind, entry.name(), change));
    }

    /** Filters can only be read here, where the grammar is known. */
    private static Optional<String> faultOfFilters(ConfigEntry entry) {
        return entry instanceof ServiceResolverEntry resolver
                ? firstFault(resolver.subsets().entrySet().stream()
                        .filter(subset -> !subset.getValue().filter().isEmpty())
                        .map(subset -> Filter.faultOf(subset.getValue().filter())
                                .map(fault -> "Filter for subset \"" + subset.getKey()
                                        + "\" is not a valid expression: " + fault)))
                : Optional.empty();
    }

    /** Why an entry cannot be removed as things are. */
    public static Optional<String> faultOfRemoving(Where where, EntryGraph before, ConfigKind kind, String name) {
        boolean makesChains = EntryGraph.OF_CHAINS.contains(kind)
                || kind == ConfigKind.SERVICE_DEFAULTS
                || kind == ConfigKind.PROXY_DEFAULTS;
        return makesChains
                ? faultOfChains(kind, name, new GraphChange(where, before, before.without(kind, name)))
                : Optional.empty();
    }

    private static Optional<String> clash(ConfigKind kind, ConfigKind other, String name, EntryGraph graph) {
        return graph.find(other, name)
                .map(held -> "cannot create a \"" + kind.text() + "\" config entry with name \"" + name + "\", a \""
                        + other.text() + "\" config entry with that name already exists");
    }

    /** The defaults of all proxies touch everything, other entries their own service and those that speak of it. */
    private static Optional<String> faultOfChains(ConfigKind kind, String name, GraphChange change) {
        EntryGraph graph = change.after();
        boolean all = kind == ConfigKind.PROXY_DEFAULTS;
        Set<String> chains = new LinkedHashSet<>();
        if (all) {
            chains.addAll(graph.chainNames());
        } else {
            chains.add(name);
            chains.addAll(speakingOf(name, graph));
            chains.addAll(speakingOf(name, change.before()));
        }
        Stream<IngressGatewayEntry> gateways = graph.all(ConfigKind.INGRESS_GATEWAY, IngressGatewayEntry.class)
                .filter(ingress -> all || References.of(ingress).contains(name));
        return change.fault(
                chains, gateways, false, graph.all(ConfigKind.SERVICE_INTENTIONS, ServiceIntentionsEntry.class));
    }

    private static Set<String> speakingOf(String service, EntryGraph graph) {
        Set<String> names = new LinkedHashSet<>();
        graph.all(ConfigKind.SERVICE_ROUTER, ServiceRouterEntry.class)
                .filter(router -> References.of(router).contains(service))
                .forEach(router -> names.add(router.name()));
        graph.all(ConfigKind.SERVICE_SPLITTER, ServiceSplitterEntry.class)
                .filter(splitter -> References.of(splitter).contains(service))
                .forEach(splitter -> names.add(splitter.name()));
        graph.all(ConfigKind.SERVICE_RESOLVER, ServiceResolverEntry.class)
                .filter(resolver -> References.of(resolver).contains(service))
                .forEach(resolver -> names.add(resolver.name()));
        return names;
    }

    static Optional<String> firstFault(Stream<Optional<String>> faults) {
        return faults.flatMap(Optional::stream).findFirst();
    }
}
