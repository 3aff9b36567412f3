package dev.entente.domain.gateway;

import dev.entente.domain.config.IngressGatewayEntry;
import dev.entente.domain.config.IngressGatewayEntry.ExposedService;
import dev.entente.domain.config.IngressGatewayEntry.Listener;
import dev.entente.domain.config.TerminatingGatewayEntry;
import dev.entente.domain.config.TerminatingGatewayEntry.LinkedService;
import dev.entente.domain.gateway.GatewayService.TlsFiles;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Which services a gateway leads to: those that its entry names, and behind a wildcard those that fit. */
public final class GatewayServices {
    private static final String WILDCARD = "*";
    private static final String SERVERS = "consul";
    private static final Comparator<GatewayService> ORDER =
            Comparator.comparing(GatewayService::service).thenComparing(GatewayService::port);

    private GatewayServices() {}

    /**
     * Behind each port, by name and port. A name that a port names is not taken from its wildcard too, and it stays there when it comes
     * to speak something else; a wildcard leads to what speaks as the port does.
     */
    public static List<GatewayService> of(IngressGatewayEntry entry, LocalServices services) {
        return entry.listeners().stream()
                .flatMap(listener ->
                        listener.services().stream().flatMap(exposed -> exposed(entry, listener, exposed, services)))
                .filter(found -> !found.fromWildcard() || found.protocol().equals(services.protocol(found.service())))
                .sorted(ORDER)
                .toList();
    }

    private static Stream<GatewayService> exposed(
            IngressGatewayEntry entry, Listener listener, ExposedService exposed, LocalServices services) {
        if (!exposed.name().equals(WILDCARD)) {
            return Stream.of(exposed(entry, listener, exposed.name(), exposed.hosts(), false));
        }
        return services.names().stream()
                .filter(name -> !name.equals(SERVERS) && services.isInMesh(name) && services.isRegistered(name))
                .filter(name -> listener.services().stream()
                        .noneMatch(named -> named.name().equals(name)))
                .map(name -> exposed(entry, listener, name, exposed.hosts(), true));
    }

    private static GatewayService exposed(
            IngressGatewayEntry entry, Listener listener, String service, List<String> hosts, boolean fromWildcard) {
        return new GatewayService(
                entry.name(),
                service,
                entry.kind(),
                listener.port(),
                listener.protocol(),
                hosts,
                TlsFiles.NONE,
                fromWildcard,
                "");
    }

    /** Outside the mesh, by name. */
    public static List<GatewayService> of(TerminatingGatewayEntry entry, LocalServices services) {
        return entry.services().stream()
                .flatMap(linked -> linked(entry, linked, services))
                .sorted(ORDER)
                .toList();
    }

    private static Stream<GatewayService> linked(
            TerminatingGatewayEntry entry, LinkedService linked, LocalServices services) {
        if (!linked.name().equals(WILDCARD)) {
            return Stream.of(linked(entry, linked, linked.name(), kindOf(linked.name(), services), false));
        }
        return services.names().stream()
                .filter(name ->
                        !name.equals(SERVERS) && (services.hasPlainInstances(name) || services.isDestination(name)))
                .filter(name -> entry.services().stream()
                        .noneMatch(named -> named.name().equals(name)))
                .map(name -> linked(entry, linked, name, services.hasPlainInstances(name) ? "" : "destination", true));
    }

    private static String kindOf(String name, LocalServices services) {
        if (services.isRegistered(name)) {
            return "service";
        }
        return services.isDestination(name) ? "destination" : "";
    }

    private static GatewayService linked(
            TerminatingGatewayEntry entry,
            LinkedService linked,
            String service,
            String serviceKind,
            boolean fromWildcard) {
        TlsFiles tls = new TlsFiles(linked.caFile(), linked.certFile(), linked.keyFile(), linked.sni());
        return new GatewayService(
                entry.name(), service, entry.kind(), 0, "", List.of(), tls, fromWildcard, serviceKind);
    }
}
