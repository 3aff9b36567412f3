package dev.entente.domain.config;

import static dev.entente.domain.config.Faults.first;
import static dev.entente.domain.config.Faults.firstOf;
import static dev.entente.domain.config.Faults.when;

import dev.entente.domain.config.IngressGatewayEntry.ExposedService;
import dev.entente.domain.config.IngressGatewayEntry.Listener;
import dev.entente.domain.config.IngressGatewayEntry.Tls;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an ingress-gateway entry may be. */
final class IngressRules {
    private static final Set<String> PROTOCOLS = Set.of("tcp", "http", "http2", "grpc");
    private static final String TCP = "tcp";
    private static final String ANY = "*";

    private IngressRules() {}

    static IngressGatewayEntry normalised(IngressGatewayEntry entry) {
        List<Listener> listeners =
                entry.listeners().stream().map(IngressRules::normalised).toList();
        return new IngressGatewayEntry(entry.name(), entry.tls(), listeners, entry.defaults(), entry.meta());
    }

    private static Listener normalised(Listener listener) {
        String protocol =
                listener.protocol().isEmpty() ? TCP : listener.protocol().toLowerCase(Locale.ROOT);
        return new Listener(listener.port(), protocol, listener.tls(), listener.services());
    }

    static Optional<String> fault(IngressGatewayEntry entry) {
        return when(entry.name().isEmpty(), "Name is required")
                .or(() -> EntryMeta.fault(entry.meta()))
                .or(() -> fault(entry.tls()))
                .or(() -> firstOf(entry.listeners().size(), i -> fault(entry, i)));
    }

    private static Optional<String> fault(@Nullable Tls tls) {
        return tls == null ? Optional.empty() : TlsRules.fault(tls.minVersion(), tls.maxVersion(), tls.cipherSuites());
    }

    private static Optional<String> fault(IngressGatewayEntry entry, int index) {
        Listener listener = entry.listeners().get(index);
        String protocol = listener.protocol();
        return first(List.of(
                () -> when(
                        entry.listeners().subList(0, index).stream()
                                .anyMatch(earlier -> earlier.port() == listener.port()),
                        "port " + listener.port() + " declared on two listeners"),
                () -> when(
                        !PROTOCOLS.contains(protocol),
                        "protocol must be 'tcp', 'http', 'http2', or 'grpc'. '" + protocol
                                + "' is an unsupported protocol"),
                () -> when(
                        listener.services().isEmpty(), "No service declared for listener with port " + listener.port()),
                () -> when(
                        protocol.equals(TCP) && listener.services().size() > 1,
                        "Multiple services per listener are only supported for L7 protocols, 'http', 'grpc' and 'http2'"
                                + on(listener)),
                () -> fault(listener.tls()),
                () -> firstOf(listener.services().size(), i -> faultOfService(entry, listener, i))));
    }

    private static String on(Listener listener) {
        return " (listener on port " + listener.port() + ")";
    }

    private static Optional<String> faultOfService(IngressGatewayEntry entry, Listener listener, int index) {
        ExposedService service = listener.services().get(index);
        boolean isTcp = listener.protocol().equals(TCP);
        boolean isAny = service.name().equals(ANY);
        return first(List.of(
                () -> faultOfHeaders("request", listener, service, service.requestHeaders()),
                () -> faultOfHeaders("response", listener, service, service.responseHeaders()),
                () -> when(isTcp && isAny, "Wildcard service name is only valid for protocol = 'http'" + on(listener)),
                () -> when(
                        isTcp && !service.hosts().isEmpty(),
                        "Associating hosts to a service is not supported for the tcp protocol" + on(listener)),
                () -> when(service.name().isEmpty(), "Service name cannot be blank" + on(listener)),
                () -> when(
                        isAny && !service.hosts().isEmpty(),
                        "Associating hosts to a wildcard service is not supported" + on(listener)),
                () -> when(
                        listener.services().subList(0, index).stream()
                                .anyMatch(earlier -> earlier.name().equals(service.name())),
                        "Service " + service.name() + " cannot be added multiple times" + on(listener)),
                () -> IngressSecrets.fault(entry.tls(), listener, service),
                () -> faultOfHosts(entry, listener, index)));
    }

    private static Optional<String> faultOfHeaders(
            String which, Listener listener, ExposedService service, @Nullable HeaderModifiers headers) {
        return when(
                listener.protocol().equals(TCP) && headers != null && !headers.isEmpty(),
                which + " headers only valid for http, http2 and grpc protocols (service \"" + service.name()
                        + "\" on listener on port " + listener.port() + ")");
    }

    private static Optional<String> faultOfHosts(IngressGatewayEntry entry, Listener listener, int index) {
        Set<String> seen = new HashSet<>();
        listener.services().subList(0, index).forEach(earlier -> seen.addAll(earlier.hosts()));
        return listener.services().get(index).hosts().stream()
                .flatMap(host -> when(!seen.add(host), "Hosts must be unique within a specific listener" + on(listener))
                        .or(() -> faultOfHost(entry.tls().enabled(), host))
                        .stream())
                .findFirst();
    }

    private static Optional<String> faultOfHost(boolean hasTls, String host) {
        if (host.equals(ANY)) {
            return when(
                    hasTls,
                    "Host '*' is not allowed when TLS is enabled, all hosts must be valid DNS records to add as a DNSSAN");
        }
        String afterWildcard = host.startsWith("*.") ? host.substring(2) : host;
        return when(!HostNames.isName(host), "Host \"" + host + "\" must be a valid DNS hostname")
                .or(() -> when(
                        afterWildcard.contains(ANY),
                        "Host \"" + host
                                + "\" is not valid, a wildcard specifier is only allowed as the leftmost label"));
    }
}
