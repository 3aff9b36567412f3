package dev.entente.engine.config;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceSummaries;
import dev.entente.domain.catalog.ServiceSummary;
import dev.entente.domain.chain.Protocols;
import dev.entente.domain.config.IngressGatewayEntry;
import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.domain.config.TerminatingGatewayEntry;
import dev.entente.domain.export.ExportRules;
import dev.entente.domain.intention.CallDecision;
import dev.entente.domain.intention.Intentions;
import dev.entente.domain.intention.ServiceIdentity;
import dev.entente.engine.config.ServiceTopology.Neighbour;
import dev.entente.engine.config.ServiceTopology.Source;
import dev.entente.engine.view.Found;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.Topic.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The neighbours of one local service: those that proxies name, and those that intentions allow where proxies are transparent or
 * services speak mutual TLS themselves.
 *
 * @param datacenter where what is only routed to is said to be
 * @param defaultAllow what holds without an intention
 */
public record TopologyAnswers(PartitionView view, String datacenter, boolean defaultAllow) {
    private static final String TRANSPARENT = "transparent";
    private static final String PREPARED_QUERY = "prepared_query";
    /** The kinds of entries that lead calls elsewhere. */
    private static final List<String> ROUTING_KINDS = List.of("service-router", "service-splitter", "service-resolver");

    /** What a topology can change with. */
    public static Set<Topic> topics() {
        Set<Topic> topics = new HashSet<>(Set.of(
                Topic.of(Subject.INSTANCES, null),
                Topic.configKind(ServiceIntentionsEntry.KIND),
                Topic.configKind(IngressGatewayEntry.KIND),
                Topic.configKind(TerminatingGatewayEntry.KIND),
                Topic.configKind("service-defaults"),
                Topic.configKind("proxy-defaults")));
        ROUTING_KINDS.forEach(kind -> topics.add(Topic.configKind(kind)));
        return topics;
    }

    /** The topology of a service, which need not exist. */
    public Found<ServiceTopology> of(String service) {
        return of(service, true);
    }

    /** The topology of a gateway into the mesh: what its listeners speak, and nothing of its own proxies. */
    public Found<ServiceTopology> ofIngress(String gateway) {
        return of(gateway, false);
    }

    private Found<ServiceTopology> of(String service, boolean isTypical) {
        Found<List<Instance>> all = view.instances(null);
        Found<Intentions> intentions = IntentionAnswers.all(view);
        long index = topics().stream()
                .filter(topic -> topic.subject() == Subject.CONFIG_KIND)
                .mapToLong(topic -> view.configEntries(topic.name()).index())
                .reduce(Math.max(all.index(), intentions.index()), Math::max);
        Moment moment = new Moment(service, all.value(), intentions.value());
        return new Found<>(index, isTypical ? moment.topology() : moment.ofIngress());
    }

    /** Everything that one answer is made of. */
    private final class Moment {
        private final String service;
        private final List<Instance> all;
        private final Intentions intentions;
        /** Also the gateways out of the mesh that lead to the service, as in Consul. */
        private final List<Service> proxies;

        Moment(String service, List<Instance> all, Intentions intentions) {
            this.service = service;
            this.all = all;
            this.intentions = intentions;
            this.proxies = Stream.of(
                            view.connect(null, service),
                            GatewayAnswers.leadingTo(view, TerminatingGatewayEntry.KIND, service))
                    .flatMap(found -> found.value().stream())
                    .map(Instance::service)
                    .map(Indexed::value)
                    .toList();
        }

        ServiceTopology topology() {
            long transparent = proxies.stream().filter(Moment::isTransparent).count();
            boolean reachesAll = transparent > 0
                    || proxies.stream().anyMatch(proxy -> proxy.connect().isNative());
            return new ServiceTopology(
                    Protocols.of(new ViewEntries(view), service),
                    transparent > 0 && transparent == proxies.size(),
                    upstreams(reachesAll),
                    downstreams());
        }

        ServiceTopology ofIngress() {
            return new ServiceTopology(listenerProtocol(), false, upstreams(false), downstreams());
        }

        /** What all listeners speak, as far as figures are kept of it: requests, else bytes. */
        private String listenerProtocol() {
            return view.configEntry(IngressGatewayEntry.KIND, service)
                    .value()
                    .map(held -> (IngressGatewayEntry) held.value())
                    .map(entry ->
                            entry.listeners().stream().allMatch(listener -> Protocols.isHttpLike(listener.protocol()))
                                    && !entry.listeners().isEmpty())
                    .map(allHttp -> allHttp ? "http" : Protocols.TCP)
                    .orElse("");
        }

        private static boolean isTransparent(Service proxy) {
            return proxy.proxy().mode().equals(TRANSPARENT);
        }

        private CallDecision toOther(String other, boolean requestsMayPass) {
            return CallDecision.of(
                    intentions.deciding(ServiceIdentity.local(service), other), defaultAllow, requestsMayPass);
        }

        private CallDecision fromOther(String other, boolean requestsMayPass) {
            return CallDecision.of(
                    intentions.deciding(ServiceIdentity.local(other), service), defaultAllow, requestsMayPass);
        }

        private List<Neighbour> upstreams(boolean reachesAll) {
            Map<String, Source> sources = new LinkedHashMap<>();
            proxies.stream()
                    .flatMap(proxy -> proxy.proxy().upstreams().stream())
                    .filter(Moment::isLocalService)
                    .forEach(upstream -> sources.put(upstream.destinationName(), Source.REGISTRATION));
            GatewayAnswers.services(view, service).value().stream()
                    .map(Indexed::value)
                    .filter(bound -> bound.gatewayKind().equals(IngressGatewayEntry.KIND))
                    .forEach(bound -> sources.put(bound.service(), Source.REGISTRATION));
            if (reachesAll) {
                addAllowed(sources, names(false), this::toOther);
            }
            List<Neighbour> neighbours = new ArrayList<>();
            for (ServiceSummary summary : summaries(sources.keySet(), instance -> true)) {
                String name = summary.name();
                neighbours.add(
                        new Neighbour(summary, sources.getOrDefault(name, Source.REGISTRATION), toOther(name, false)));
            }
            addRouted(sources.keySet(), neighbours);
            return neighbours;
        }

        private static boolean isLocalService(Proxy.Upstream upstream) {
            return upstream.destinationPeer().isEmpty()
                    && !upstream.destinationType().equals(PREPARED_QUERY);
        }

        /** Names without an instance that nevertheless lead somewhere. */
        private void addRouted(Set<String> names, List<Neighbour> neighbours) {
            for (String name : names) {
                boolean isRouted = view.service(null, name).value().instances().isEmpty()
                        && ROUTING_KINDS.stream()
                                .anyMatch(kind ->
                                        view.configEntry(kind, name).value().isPresent());
                if (isRouted) {
                    neighbours.add(new Neighbour(
                            ServiceSummary.named(name, datacenter), Source.ROUTING, toOther(name, false)));
                }
            }
        }

        private List<Neighbour> downstreams() {
            Map<String, Source> sources = new LinkedHashMap<>();
            Set<String> transparent = new HashSet<>();
            for (Instance instance : all) {
                Service caller = instance.service().value();
                if (!caller.kind().equals(Service.CONNECT_PROXY)) {
                    continue;
                }
                if (isTransparent(caller)) {
                    transparent.add(caller.proxy().destinationServiceName());
                }
                boolean namesUs = caller.proxy().upstreams().stream()
                        .filter(Moment::isLocalService)
                        .anyMatch(upstream -> upstream.destinationName().equals(service));
                if (namesUs) {
                    sources.put(caller.proxy().destinationServiceName(), Source.REGISTRATION);
                }
            }
            GatewayAnswers.leadingTo(view, IngressGatewayEntry.KIND, service)
                    .value()
                    .forEach(gateway -> sources.put(gateway.service().value().name(), Source.REGISTRATION));
            addAllowed(sources, names(true), this::fromOther);
            List<Neighbour> neighbours = new ArrayList<>();
            for (ServiceSummary summary :
                    summaries(sources.keySet(), instance -> canCall(instance, sources, transparent))) {
                String name = summary.name();
                neighbours.add(new Neighbour(
                        summary, sources.getOrDefault(name, Source.REGISTRATION), fromOther(name, false)));
            }
            return neighbours;
        }

        /** Only what names us, is transparent or speaks mutual TLS itself gets to us. */
        private static boolean canCall(Instance instance, Map<String, Source> sources, Set<String> transparent) {
            Service caller = instance.service().value();
            String name = caller.kind().equals(Service.CONNECT_PROXY)
                    ? caller.proxy().destinationServiceName()
                    : caller.name();
            return transparent.contains(name)
                    || caller.connect().isNative()
                    || sources.get(name) == Source.REGISTRATION;
        }

        private void addAllowed(
                Map<String, Source> sources,
                Collection<String> candidates,
                BiFunction<String, Boolean, CallDecision> decide) {
            for (String candidate : candidates) {
                CallDecision decision = decide.apply(candidate, true);
                if (decision.allowed() && !candidate.equals(service)) {
                    sources.putIfAbsent(candidate, Source.of(decision));
                }
            }
        }

        /** The services that may be neighbours; entrances to the mesh only call. */
        private Set<String> names(boolean withIngress) {
            Set<String> names = new TreeSet<>();
            for (Instance instance : all) {
                Service found = instance.service().value();
                if (found.isTypical() || (withIngress && found.kind().equals(Service.INGRESS_GATEWAY))) {
                    names.add(found.name());
                }
            }
            names.remove(ExportRules.CONSUL);
            return names;
        }

        /** The instances of each name, and those that can be reached by mutual TLS. */
        private List<ServiceSummary> summaries(Collection<String> names, Predicate<Instance> wanted) {
            ServiceSummaries summaries = new ServiceSummaries();
            for (String name : names) {
                summaries.add("", only(view.service(null, name).value().instances(), wanted));
                summaries.add("", only(view.connect(null, name).value(), wanted));
            }
            return summaries.all().stream()
                    .filter(ServiceSummary::isTypicalOrIngress)
                    .toList();
        }

        private static List<Instance> only(List<Instance> all, Predicate<Instance> wanted) {
            return all.stream().filter(wanted).toList();
        }
    }
}
