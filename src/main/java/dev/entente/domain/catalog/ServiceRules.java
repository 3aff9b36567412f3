package dev.entente.domain.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a service instance may be, with all complaints in Consul's order and words (protocol chapter 6.5). */
public final class ServiceRules {
    private static final Set<String> GATEWAYS =
            Set.of(Service.MESH_GATEWAY, Service.TERMINATING_GATEWAY, Service.INGRESS_GATEWAY);
    private static final int MAX_PORT = 65_535;

    private ServiceRules() {}

    /** The sidecar that a definition carries, as far as it matters for validation. */
    public enum Sidecar {
        NONE,
        PLAIN,
        /** It names its own id, which only the agent may give. */
        WITH_ID,
        /** It carries a sidecar itself. */
        NESTED
    }

    /** Everything that is wrong with the service, as one text. */
    public static Optional<String> complaints(Service service, Sidecar sidecar) {
        List<String> complaints = new ArrayList<>();
        if (isProxy(service) && service.port() == 0 && service.socketPath().isEmpty()) {
            complaints.add("Port or SocketPath must be set for a " + service.kind());
        }
        complaints.addAll(common(service, sidecar));
        return joined(complaints);
    }

    /** The same for a sidecar whose port is still to be given. */
    public static Optional<String> sidecarComplaints(Service service) {
        return joined(common(service, Sidecar.NONE));
    }

    /** Whether an address stands for every address, which no client could call. */
    public static boolean isAnyAddress(String address) {
        return address.equals("0.0.0.0") || address.equals("::") || address.equals("[::]");
    }

    /** What is wrong with the DNS weights. */
    public static Optional<String> weightsComplaint(Weights weights) {
        if (weights.passing() < 1) {
            return Optional.of("Passing must be greater than 0");
        }
        if (weights.warning() < 0) {
            return Optional.of("Warning must be greater or equal than 0");
        }
        if (weights.passing() > MAX_PORT || weights.warning() > MAX_PORT) {
            return Optional.of("DNS Weight must be between 0 and 65535");
        }
        return Optional.empty();
    }

    private static Optional<String> joined(List<String> complaints) {
        return complaints.isEmpty() ? Optional.empty() : Optional.of(MultiError.text(complaints));
    }

    private static boolean isProxy(Service service) {
        return service.kind().equals(Service.CONNECT_PROXY);
    }

    private static List<String> common(Service service, Sidecar sidecar) {
        List<String> complaints = new ArrayList<>();
        if (isProxy(service)) {
            complaints.addAll(aboutProxy(service));
        }
        if (GATEWAYS.contains(service.kind())) {
            complaints.addAll(aboutGateway(service, sidecar));
        }
        if (sidecar == Sidecar.WITH_ID) {
            complaints.add("A SidecarService cannot specify an ID as this is managed by the agent");
        }
        if (sidecar == Sidecar.NESTED) {
            complaints.add("A SidecarService cannot have a nested SidecarService");
        }
        if (service.connect().isNative()
                && service.port() == 0
                && service.socketPath().isEmpty()) {
            complaints.add("Port or SocketPath must be set for a Connect native service.");
        }
        return complaints;
    }

    private static List<String> aboutProxy(Service service) {
        List<String> complaints = new ArrayList<>();
        String destination = service.proxy().destinationServiceName();
        if (destination.isBlank()) {
            complaints.add("Proxy.DestinationServiceName must be non-empty for Connect proxy services");
        }
        if (destination.equals("*")) {
            complaints.add("Proxy.DestinationServiceName must not be a wildcard for Connect proxy services");
        }
        if (service.connect().isNative()) {
            complaints.add("A Proxy cannot also be Connect Native, only typical services");
        }
        complaints.addAll(UpstreamRules.complaints(service.proxy().upstreams()));
        complaints.addAll(aboutExposedPaths(service.proxy().expose().paths()));
        return complaints;
    }

    private static List<String> aboutExposedPaths(List<Proxy.ExposePath> paths) {
        List<String> complaints = new ArrayList<>();
        Set<Integer> listeners = new HashSet<>();
        for (Proxy.ExposePath path : paths) {
            if (path.path().isEmpty()) {
                complaints.add("expose.paths: empty path exposed");
            }
            if (!listeners.add(path.listenerPort())) {
                complaints.add("expose.paths: duplicate listener ports exposed");
            }
            if (path.listenerPort() <= 0 || path.listenerPort() > MAX_PORT) {
                complaints.add("expose.paths: invalid listener port: " + path.listenerPort());
            }
            if (!Set.of("", "http", "http2").contains(path.protocol())) {
                complaints.add("protocol '" + path.protocol() + "' not supported for path: " + path.path()
                        + ", must be in: [http http2]");
            }
        }
        return complaints;
    }

    private static List<String> aboutGateway(Service service, Sidecar sidecar) {
        List<String> complaints = new ArrayList<>();
        if (service.port() == 0 && !service.kind().equals(Service.INGRESS_GATEWAY)) {
            complaints.add("Port must be non-zero for a " + service.kind());
        }
        if (sidecar != Sidecar.NONE) {
            complaints.add("A " + service.kind() + " cannot have a sidecar service defined");
        }
        Proxy proxy = service.proxy();
        complainIf(!proxy.destinationServiceName().isEmpty(), "DestinationServiceName", service, complaints);
        complainIf(!proxy.destinationServiceId().isEmpty(), "DestinationServiceID", service, complaints);
        complainIf(!proxy.localServiceAddress().isEmpty(), "LocalServiceAddress", service, complaints);
        complainIf(proxy.localServicePort() != 0, "LocalServicePort", service, complaints);
        complainIf(!proxy.localServiceSocketPath().isEmpty(), "LocalServiceSocketPath", service, complaints);
        complainIf(!proxy.upstreams().isEmpty(), "Upstreams", service, complaints);
        return complaints;
    }

    private static void complainIf(boolean wrong, String member, Service service, List<String> complaints) {
        if (wrong) {
            complaints.add("The Proxy." + member + " configuration is invalid for a " + service.kind());
        }
    }
}
