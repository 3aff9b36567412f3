package dev.entente.domain.config;

import static dev.entente.domain.config.Faults.first;
import static dev.entente.domain.config.Faults.when;

import dev.entente.domain.catalog.GoDuration;
import dev.entente.domain.config.ServiceResolverEntry.Failover;
import dev.entente.domain.config.ServiceResolverEntry.Place;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What a service-resolver entry may be (protocol chapter 8.4). A partition or namespace cannot be named in it. */
final class ServiceResolverRules {
    private static final Pattern SUBSET = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    private static final int MAX_SUBSET = 63;

    private ServiceResolverRules() {}

    static Optional<String> fault(ServiceResolverEntry entry) {
        return first(List.of(
                () -> when(entry.name().isEmpty(), "Name is required"),
                () -> EntryMeta.fault(entry.meta()),
                () -> firstOf(entry.subsets(), subset -> faultOfSubset(subset.getKey())),
                () -> when(
                        !entry.defaultSubset().isEmpty() && !isSubset(entry, entry.defaultSubset()),
                        "DefaultSubset \"" + entry.defaultSubset() + "\" is not a valid subset"),
                () -> faultOfRedirect(entry),
                () -> firstOf(entry.failover(), each -> fault(entry, each.getKey(), each.getValue())),
                () -> when(
                        entry.connectTimeout().isNegative(),
                        "Bad ConnectTimeout '" + GoDuration.format(entry.connectTimeout()) + "', must be >= 0"),
                () -> Optional.ofNullable(entry.loadBalancer()).flatMap(LoadBalancerRules::fault)));
    }

    private static <V> Optional<String> firstOf(
            Map<String, V> map, Function<Map.Entry<String, V>, Optional<String>> faultOfEntry) {
        return map.entrySet().stream()
                .map(faultOfEntry)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static boolean isSubset(ServiceResolverEntry entry, String subset) {
        return entry.subsets().containsKey(subset);
    }

    private static Optional<String> faultOfSubset(String name) {
        String prefix = "Subset \"" + name + "\" is invalid: must be ";
        return when(name.isEmpty(), "Subset defined with empty name")
                .or(() -> when(
                        name.getBytes(StandardCharsets.UTF_8).length > MAX_SUBSET,
                        prefix + "non-empty and 63 characters or fewer"))
                .or(() -> when(
                        !SUBSET.matcher(name).matches(),
                        prefix + "63 characters or fewer, begin or end with lower case alphanumeric characters, "
                                + "and contain lower case alphanumeric characters or '-' in between"));
    }

    private static Optional<String> faultOfRedirect(ServiceResolverEntry entry) {
        Place redirect = entry.redirect();
        if (redirect == null) {
            return Optional.empty();
        }
        return first(List.of(
                () -> faultOfTenancy(redirect.partition(), redirect.namespace()).map(fault -> "Redirect: " + fault),
                () -> when(!entry.failover().isEmpty(), "Redirect and Failover cannot both be set"),
                () -> when(redirect.equals(Place.SAME), "Redirect is empty"),
                () -> when(
                        !redirect.peer().isEmpty() && !redirect.serviceSubset().isEmpty(),
                        "Redirect.Peer cannot be set with Redirect.ServiceSubset"),
                () -> when(
                        !redirect.peer().isEmpty() && !redirect.datacenter().isEmpty(),
                        "Redirect.Peer cannot be set with Redirect.Datacenter"),
                () -> withoutService(redirect, "ServiceSubset", redirect.serviceSubset()),
                () -> withoutService(redirect, "Peer", redirect.peer()),
                () -> when(
                        redirect.service().equals(entry.name())
                                && !redirect.serviceSubset().isEmpty()
                                && !isSubset(entry, redirect.serviceSubset()),
                        "Redirect.ServiceSubset \"" + redirect.serviceSubset() + "\" is not a valid subset of \""
                                + entry.name() + "\"")));
    }

    private static Optional<String> faultOfTenancy(String partition, String namespace) {
        return when(!partition.isEmpty(), "Setting Partition requires Consul Enterprise")
                .or(() -> when(!namespace.isEmpty(), "Setting Namespace requires Consul Enterprise"));
    }

    private static Optional<String> withoutService(Place redirect, String member, String value) {
        return when(
                redirect.service().isEmpty() && !value.isEmpty(),
                "Redirect." + member + " defined without Redirect.Service");
    }

    private static Optional<String> fault(ServiceResolverEntry entry, String subset, Failover failover) {
        String which = "Bad Failover[\"" + subset + "\"]";
        return first(List.of(
                () -> faultOfTenancy("", failover.namespace()).map(fault -> which + ": " + fault),
                () -> when(
                        !subset.equals(ServiceResolverEntry.ANY_SUBSET) && !isSubset(entry, subset),
                        which + ": not a valid subset subset"),
                () -> when(
                        isEmpty(failover),
                        which + ": one of Service, ServiceSubset, Namespace, Targets, or Datacenters is required"),
                () -> faultOfSubset(entry, failover.service(), failover.serviceSubset(), failover.service())
                        .map(fault -> which + ": " + fault),
                () -> faultOfTargets(failover).map(fault -> which + ": Targets cannot be set with " + fault),
                () -> Faults.firstOf(
                        failover.targets().size(),
                        i -> faultOfTarget(entry, failover.targets().get(i))
                                .map(fault -> which + ".Targets[" + i + "]: " + fault)),
                () -> when(failover.datacenters().contains(""), which + ".Datacenters: found empty datacenter")));
    }

    private static boolean isEmpty(Failover failover) {
        return failover.equals(new Failover("", "", "", List.of(), List.of()));
    }

    private static Optional<String> faultOfTargets(Failover failover) {
        if (failover.targets().isEmpty()) {
            return Optional.empty();
        }
        return when(!failover.datacenters().isEmpty(), "Datacenters")
                .or(() -> when(!failover.serviceSubset().isEmpty(), "ServiceSubset"))
                .or(() -> when(!failover.service().isEmpty(), "Service"));
    }

    private static Optional<String> faultOfTarget(ServiceResolverEntry entry, Place target) {
        return first(List.of(
                () -> faultOfTenancy(target.partition(), target.namespace()),
                () -> when(
                        !target.peer().isEmpty() && !target.serviceSubset().isEmpty(),
                        "Peer cannot be set with ServiceSubset"),
                () -> when(
                        !target.peer().isEmpty() && !target.datacenter().isEmpty(),
                        "Peer cannot be set with Datacenter"),
                () -> faultOfSubset(entry, target.service(), target.serviceSubset(), entry.name())));
    }

    /** A subset of the service itself must exist; those of others may come later. */
    private static Optional<String> faultOfSubset(
            ServiceResolverEntry entry, String service, String subset, String shown) {
        boolean isOwn = service.isEmpty() || service.equals(entry.name());
        return when(
                isOwn && !subset.isEmpty() && !isSubset(entry, subset),
                "ServiceSubset \"" + subset + "\" is not a valid subset of \"" + shown + "\"");
    }
}
