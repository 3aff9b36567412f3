package dev.entente.domain.config;

import static dev.entente.domain.config.Faults.when;

import dev.entente.domain.config.ServiceDefaultsEntry.Destination;
import dev.entente.domain.config.ServiceDefaultsEntry.Limits;
import dev.entente.domain.config.ServiceDefaultsEntry.PassiveHealthCheck;
import dev.entente.domain.config.ServiceDefaultsEntry.Upstream;
import dev.entente.domain.config.ServiceDefaultsEntry.Upstreams;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a service-defaults entry may be; apart from its name, all faults are told together. */
final class ServiceDefaultsRules {
    private static final Set<String> BALANCES = Set.of("", "exact_balance");
    private static final int MAX_PORT = 65_535;

    private ServiceDefaultsRules() {}

    static ServiceDefaultsEntry normalised(ServiceDefaultsEntry entry) {
        return new ServiceDefaultsEntry(
                entry.name(),
                entry.protocol().toLowerCase(Locale.ROOT),
                entry.mode(),
                entry.transparentProxy(),
                entry.meshGatewayMode(),
                entry.expose(),
                entry.externalSni(),
                normalised(entry.upstreams()),
                entry.destination(),
                entry.maxInboundConnections(),
                entry.localConnectTimeoutMs(),
                entry.localRequestTimeoutMs(),
                entry.balanceInboundConnections(),
                entry.meta());
    }

    private static @Nullable Upstreams normalised(@Nullable Upstreams upstreams) {
        if (upstreams == null) {
            return null;
        }
        Upstream defaults = upstreams.defaults();
        return new Upstreams(
                upstreams.overrides().stream()
                        .map(ServiceDefaultsRules::normalised)
                        .toList(),
                defaults == null ? null : normalised(defaults));
    }

    private static Upstream normalised(Upstream upstream) {
        return new Upstream(
                upstream.name(),
                upstream.envoyListenerJson(),
                upstream.envoyClusterJson(),
                upstream.protocol().toLowerCase(Locale.ROOT),
                Math.max(0, upstream.connectTimeoutMs()),
                upstream.limits(),
                upstream.passiveHealthCheck(),
                upstream.meshGatewayMode(),
                upstream.balanceOutboundConnections());
    }

    static Optional<String> fault(ServiceDefaultsEntry entry) {
        return when(entry.name().isEmpty(), "Name is required")
                .or(() -> when(
                        entry.name().equals("*"),
                        "service-defaults name must be the name of a service, and not a wildcard"))
                .or(() -> Faults.all(faults(entry)));
    }

    private static List<String> faults(ServiceDefaultsEntry entry) {
        List<String> faults = new ArrayList<>(EntryMeta.faults(entry.meta()));
        String balance = entry.balanceInboundConnections();
        if (!BALANCES.contains(balance)) {
            faults.add("invalid value for balance_inbound_connections: " + balance);
        }
        Upstreams upstreams = entry.upstreams();
        Destination destination = entry.destination();
        if (upstreams != null && destination != null) {
            faults.add("UpstreamConfig and Destination are mutually exclusive for service defaults");
        } else if (upstreams != null) {
            addFaults(faults, upstreams);
        } else if (destination != null) {
            addFaults(faults, destination);
        }
        return faults;
    }

    private static void addFaults(List<String> faults, Upstreams upstreams) {
        for (Upstream upstream : upstreams.overrides()) {
            String prefix = "error in upstream override for " + upstream.name() + ": ";
            when(upstream.name().isEmpty(), "Name is required")
                    .or(() -> when(upstream.name().equals("*"), "Wildcard name is not supported"))
                    .or(() -> fault(upstream))
                    .ifPresent(fault -> faults.add(prefix + fault));
        }
        Upstream defaults = upstreams.defaults();
        if (defaults != null) {
            when(!defaults.name().isEmpty(), "Name must be empty")
                    .or(() -> fault(defaults))
                    .ifPresent(fault -> faults.add("error in upstream defaults: " + fault));
        }
    }

    private static Optional<String> fault(Upstream upstream) {
        List<String> faults = new ArrayList<>();
        PassiveHealthCheck check = upstream.passiveHealthCheck();
        if (check != null && check.interval().isNegative()) {
            faults.add("passive health check interval cannot be negative");
        }
        Limits limits = upstream.limits();
        if (limits != null) {
            fault(limits).ifPresent(faults::add);
        }
        String balance = upstream.balanceOutboundConnections();
        if (!BALANCES.contains(balance)) {
            faults.add("invalid value for balance_outbound_connections: " + balance);
        }
        return Faults.all(faults);
    }

    private static Optional<String> fault(Limits limits) {
        return when(isNegative(limits.maxConnections()), "max connections cannot be negative")
                .or(() -> when(isNegative(limits.maxPendingRequests()), "max pending requests cannot be negative"))
                .or(() ->
                        when(isNegative(limits.maxConcurrentRequests()), "max concurrent requests cannot be negative"));
    }

    private static boolean isNegative(@Nullable Integer number) {
        return number != null && number < 0;
    }

    private static void addFaults(List<String> faults, Destination destination) {
        if (destination.addresses().isEmpty()) {
            faults.add("Destination must contain at least one valid address");
        }
        Set<String> seen = new HashSet<>();
        for (String address : destination.addresses()) {
            if (!seen.add(address)) {
                faults.add("Duplicate address '" + address + "' is not allowed");
            } else if (!HostNames.isAddressOrName(address)) {
                faults.add("Destination address '" + address + "' is invalid Could not validate address " + address
                        + " as an IP or Hostname");
            }
        }
        if (destination.port() < 1 || destination.port() > MAX_PORT) {
            faults.add("Invalid Port number " + destination.port());
        }
    }
}
