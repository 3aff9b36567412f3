package dev.entente.domain.chain;

import dev.entente.domain.config.IngressGatewayEntry;
import dev.entente.domain.config.IngressGatewayEntry.Listener;
import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.domain.identity.Outcome;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Stream;

/** A change of entries that is looked at: chains are compiled once. */
final class GraphChange {
    private final GraphRules.Where where;
    private final EntryGraph before;
    private final EntryGraph after;
    private final Map<String, Outcome<DiscoveryChain>> compiled = new HashMap<>();

    GraphChange(GraphRules.Where where, EntryGraph before, EntryGraph after) {
        this.where = where;
        this.before = before;
        this.after = after;
    }

    EntryGraph before() {
        return before;
    }

    EntryGraph after() {
        return after;
    }

    /**
     * The first thing that does not fit any more.
     *
     * @param isStrict whether gateways must speak exactly what the services behind them do
     */
    Optional<String> fault(
            Collection<String> chains,
            Stream<IngressGatewayEntry> gateways,
            boolean isStrict,
            Stream<ServiceIntentionsEntry> intentions) {
        List<IngressGatewayEntry> touched = gateways.toList();
        List<ServiceIntentionsEntry> judged =
                intentions.filter(GraphChange::looksAtRequests).toList();
        Set<String> all = new LinkedHashSet<>(chains);
        touched.forEach(gateway -> all.addAll(References.of(gateway)));
        judged.forEach(entry -> all.add(entry.name()));
        SortedSet<String> exported = ExportSafety.exported(after);
        return GraphRules.firstFault(all.stream().map(name -> faultOfChain(name, exported.contains(name))))
                .or(() -> GraphRules.firstFault(touched.stream().map(gateway -> fault(gateway, isStrict))))
                .or(() -> GraphRules.firstFault(judged.stream().map(this::fault)));
    }

    private static boolean looksAtRequests(ServiceIntentionsEntry entry) {
        return !entry.name().equals("*") && entry.hasPermissions();
    }

    private Outcome<DiscoveryChain> chain(String service) {
        return compiled.computeIfAbsent(service, name -> compile(name, after));
    }

    private Outcome<DiscoveryChain> compile(String service, EntryGraph graph) {
        return ChainCompiler.compile(
                ChainQuestion.of(service, where.partition(), where.datacenter(), where.trustDomain()), graph);
    }

    private Optional<String> faultOfChain(String service, boolean isExported) {
        return chain(service)
                .fold(
                        found -> isExported ? faultOfExport(found) : Optional.<String>empty(),
                        refusal -> Optional.of(refusal.text()));
    }

    private Optional<String> faultOfExport(DiscoveryChain chain) {
        return ExportSafety.fault(chain.service(), where.partition(), after)
                .or(() -> compile(chain.service(), before)
                        .fold(old -> ExportSafety.faultOfNewTargets(old, chain), refusal -> Optional.empty()));
    }

    private String protocol(String service) {
        return chain(service).fold(DiscoveryChain::protocol, refusal -> "");
    }

    private Optional<String> fault(IngressGatewayEntry gateway, boolean isStrict) {
        return GraphRules.firstFault(gateway.listeners().stream()
                .flatMap(listener -> listener.services().stream()
                        .map(IngressGatewayEntry.ExposedService::name)
                        .filter(name -> !name.equals("*"))
                        .map(name -> fault(listener, name, isStrict))));
    }

    /** A plain TCP port may lead to anything that is not routed; that can come about when the service changes later. */
    private Optional<String> fault(Listener listener, String service, boolean isStrict) {
        String spoken = protocol(service);
        boolean isPlain = listener.protocol().equals(Protocols.TCP)
                && chain(service).fold(DiscoveryChain::beginsWithResolver, refusal -> false);
        if (spoken.equals(listener.protocol()) || (!isStrict && isPlain)) {
            return Optional.empty();
        }
        return Optional.of("service \"" + service + "\" has protocol \"" + spoken
                + "\", which does not match defined listener protocol \"" + listener.protocol() + "\"");
    }

    private Optional<String> fault(ServiceIntentionsEntry entry) {
        String spoken = protocol(entry.name());
        return Protocols.isHttpLike(spoken)
                ? Optional.empty()
                : Optional.of("service \"" + entry.name() + "\" has protocol \"" + spoken
                        + "\", which is incompatible with L7 intentions permissions");
    }
}
