package dev.entente.engine.config;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.ServiceSummaries;
import dev.entente.domain.catalog.ServiceSummary;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.IngressGatewayEntry;
import dev.entente.domain.config.ProxyDefaultsEntry;
import dev.entente.domain.config.ServiceDefaultsEntry;
import dev.entente.domain.config.TerminatingGatewayEntry;
import dev.entente.domain.gateway.BoundService;
import dev.entente.domain.gateway.GatewayService;
import dev.entente.domain.gateway.GatewayServices;
import dev.entente.domain.gateway.LocalServices;
import dev.entente.domain.intention.Intention;
import dev.entente.domain.intention.Intentions;
import dev.entente.engine.view.Found;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.ServiceInstances;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.Topic.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which services gateways lead to, and which gateways lead to a service (protocol chapters 6.4 and 6.5). */
public final class GatewayAnswers {
    /** What the services of a gateway can change with. */
    public static final Set<Topic> SERVICES_TOPICS = Set.of(
            Topic.configKind(IngressGatewayEntry.KIND),
            Topic.configKind(TerminatingGatewayEntry.KIND),
            Topic.configKind(ServiceDefaultsEntry.KIND),
            Topic.configKind(ProxyDefaultsEntry.KIND),
            Topic.of(Subject.SERVICE_NAMES, null));

    private GatewayAnswers() {}

    /** The services that a gateway leads to, each with the index of the write of the entry that says so: a write makes all anew. */
    public static Found<List<Indexed<GatewayService>>> services(PartitionView view, String gateway) {
        LocalServices all = ViewServices.all(view);
        List<Indexed<GatewayService>> services = new ArrayList<>();
        Stream.of(IngressGatewayEntry.KIND, TerminatingGatewayEntry.KIND)
                .flatMap(kind -> view.configEntry(kind, gateway).value().stream())
                .forEach(held -> servicesOf(held.value(), all)
                        .forEach(service ->
                                services.add(new Indexed<>(service, held.modifyIndex(), held.modifyIndex()))));
        return new Found<>(index(view), services);
    }

    private static long index(PartitionView view) {
        return SERVICES_TOPICS.stream()
                .filter(topic -> topic.subject() == Subject.CONFIG_KIND)
                .mapToLong(topic -> view.configEntries(topic.name()).index())
                .reduce(view.serviceNames(null).index(), Math::max);
    }

    /** What all gateways lead to, by gateway. */
    public static Found<List<GatewayService>> all(PartitionView view) {
        LocalServices all = ViewServices.all(view);
        List<GatewayService> services = Stream.of(IngressGatewayEntry.KIND, TerminatingGatewayEntry.KIND)
                .flatMap(kind -> view.configEntries(kind).value().stream())
                .flatMap(held -> servicesOf(held.value(), all).stream())
                .toList();
        return new Found<>(index(view), services);
    }

    /** The services that a gateway leads to, each summed up; also those without an instance. */
    public static Found<List<BoundService>> summaries(PartitionView view, String gateway, String datacenter) {
        Found<List<Indexed<GatewayService>>> services = services(view, gateway);
        long index = services.index();
        Map<String, Set<String>> addresses = new TreeMap<>();
        for (Indexed<GatewayService> held : services.value()) {
            addresses
                    .computeIfAbsent(held.value().service(), name -> new LinkedHashSet<>())
                    .addAll(held.value().addresses(datacenter));
        }
        List<BoundService> bound = new ArrayList<>();
        for (Map.Entry<String, Set<String>> each : addresses.entrySet()) {
            Found<ServiceInstances> found = view.service(null, each.getKey());
            index = Math.max(index, found.index());
            bound.add(
                    new BoundService(summary(each.getKey(), found.value().instances()), List.copyOf(each.getValue())));
        }
        return new Found<>(index, bound);
    }

    private static ServiceSummary summary(String name, List<Instance> instances) {
        return new ServiceSummaries()
                .add("", instances).all().stream()
                        .filter(summary -> summary.name().equals(name))
                        .findFirst()
                        .orElseGet(() -> ServiceSummary.named(name, ""));
    }

    /** The intentions for the services that a gateway leads to, each once. */
    public static Found<List<Intention>> intentions(PartitionView view, String gateway) {
        Found<List<Indexed<GatewayService>>> services = services(view, gateway);
        Found<Intentions> all = IntentionAnswers.all(view);
        Set<Intention> matching = new LinkedHashSet<>();
        services.value()
                .forEach(held ->
                        matching.addAll(all.value().byDestination(held.value().service())));
        return new Found<>(Math.max(services.index(), all.index()), List.copyOf(matching));
    }

    private static List<GatewayService> servicesOf(ConfigEntry entry, LocalServices services) {
        if (entry instanceof IngressGatewayEntry ingress) {
            return GatewayServices.of(ingress, services);
        }
        return entry instanceof TerminatingGatewayEntry terminating
                ? GatewayServices.of(terminating, services)
                : List.of();
    }

    /** What {@link #leadingTo} can change with. */
    public static Set<Topic> topics(PartitionView view, String kind, String service) {
        Set<Topic> topics = new HashSet<>(Set.of(Topic.configKind(kind), Topic.service(null, service)));
        view.configEntries(kind)
                .value()
                .forEach(held -> topics.add(Topic.service(null, held.value().name())));
        return topics;
    }

    /** The instances of gateways of a kind that lead to a service. */
    public static Found<List<Instance>> leadingTo(PartitionView view, String kind, String service) {
        Found<List<Indexed<ConfigEntry>>> entries = view.configEntries(kind);
        LocalServices one = ViewServices.one(view, service);
        List<Instance> instances = new ArrayList<>();
        long index = entries.index();
        for (Indexed<ConfigEntry> held : entries.value()) {
            Optional<GatewayService> led = servicesOf(held.value(), one).stream()
                    .filter(found -> found.service().equals(service))
                    .findFirst();
            if (led.isPresent()) {
                String gateway = held.value().name();
                index = Math.max(index, view.service(null, gateway).index());
                // Behind a wildcard it is the registration of the service that makes the gateway lead to it.
                index = led.get().fromWildcard()
                        ? Math.max(index, view.service(null, service).index())
                        : index;
                view.service(null, gateway).value().instances().stream()
                        .filter(instance -> instance.service().value().kind().equals(kind))
                        .forEach(instances::add);
            }
        }
        return new Found<>(index, instances);
    }
}
