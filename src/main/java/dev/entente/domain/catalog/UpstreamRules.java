package dev.entente.domain.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the upstreams of a proxy may be: each by itself, and no two of the same destination or address. */
final class UpstreamRules {
    private UpstreamRules() {}

    static List<String> complaints(List<Proxy.Upstream> upstreams) {
        List<String> complaints = new ArrayList<>();
        Set<String> destinations = new HashSet<>();
        Set<String> addresses = new HashSet<>();
        for (Proxy.Upstream upstream : upstreams) {
            complaint(upstream)
                    .or(() -> duplicateDestination(upstream, destinations))
                    .or(() -> duplicateAddress(upstream, addresses))
                    .ifPresent(complaints::add);
        }
        return complaints;
    }

    private static Optional<String> complaint(Proxy.Upstream upstream) {
        if (!upstream.destinationPeer().isEmpty() && !Set.of("", "default").contains(upstream.destinationPartition())) {
            return Optional.of("upstreams must target peers in the same partition as the service");
        }
        if (upstream.destinationPeer().isEmpty()
                && !upstream.datacenter().isEmpty()
                && !Set.of("", "default").contains(upstream.destinationPartition())) {
            return Optional.of("upstreams cannot target another datacenter in non default partition");
        }
        if (!Set.of("", "service", "prepared_query").contains(upstream.destinationType())) {
            return Optional.of("unknown upstream destination type: \"" + upstream.destinationType() + "\"");
        }
        if (upstream.destinationName().isEmpty()) {
            return Optional.of("upstream destination name cannot be empty");
        }
        if (upstream.destinationName().equals("*") && !upstream.centrallyConfigured()) {
            return Optional.of("upstream destination name cannot be a wildcard");
        }
        if (!upstream.destinationPeer().isEmpty() && !upstream.datacenter().isEmpty()) {
            return Optional.of("upstream cannot specify both destination peer and datacenter");
        }
        return bindComplaint(upstream);
    }

    private static Optional<String> bindComplaint(Proxy.Upstream upstream) {
        boolean port = upstream.localBindPort() != 0;
        boolean path = !upstream.localBindSocketPath().isEmpty();
        if (upstream.centrallyConfigured() || port != path) {
            return Optional.empty();
        }
        return Optional.of(
                port
                        ? "only one of upstream local bind port or local socket path can be defined and nonzero"
                        : "upstream local bind port or local socket path must be defined and nonzero");
    }

    private static Optional<String> duplicateDestination(Proxy.Upstream upstream, Set<String> seen) {
        String key = "[type=\"" + upstream.destinationType() + "\", name=\"" + upstream.destinationName()
                + "\", partition=\"" + upstream.destinationPartition() + "\", namespace=\""
                + upstream.destinationNamespace() + "\", peer=\"" + upstream.destinationPeer() + "\", datacenter=\""
                + upstream.datacenter() + "\"]";
        return seen.add(key) ? Optional.empty() : Optional.of("upstreams cannot contain duplicates of " + key);
    }

    private static Optional<String> duplicateAddress(Proxy.Upstream upstream, Set<String> seen) {
        String address = addressOf(upstream);
        if (seen.add(address) || upstream.centrallyConfigured()) {
            return Optional.empty();
        }
        return Optional.of("upstreams cannot contain duplicates by local bind address and port or unix path; \""
                + address + "\" is specified twice");
    }

    private static String addressOf(Proxy.Upstream upstream) {
        if (upstream.localBindPort() == 0
                && upstream.localBindAddress().isEmpty()
                && !upstream.localBindSocketPath().isEmpty()) {
            return upstream.localBindSocketPath();
        }
        String host = upstream.localBindAddress().isEmpty() ? "127.0.0.1" : upstream.localBindAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + upstream.localBindPort();
    }
}
