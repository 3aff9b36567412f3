package dev.entente.domain.catalog;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The proxy part of an instance (protocol chapters 2.5 and 6.2).
 *
 * @param config free configuration: strings, numbers, booleans, null, lists and maps
 * @param meshGatewayMode empty when unset
 * @param given what was registered, where config entries have added to it; null where nothing was added
 */
public record Proxy(
        String destinationServiceName,
        String destinationServiceId,
        String localServiceAddress,
        int localServicePort,
        String localServiceSocketPath,
        String mode,
        Map<String, @Nullable Object> config,
        List<Upstream> upstreams,
        String meshGatewayMode,
        Expose expose,
        @Nullable TransparentProxy transparentProxy,
        @Nullable Proxy given) {
    public static final Proxy NONE =
            new Proxy("", "", "", 0, "", "", Map.of(), List.of(), "", new Expose(false, List.of()), null);

    public Proxy {
        config = Sorted.copyOf(config);
        upstreams = List.copyOf(upstreams);
    }

    /** As it is registered. */
    public Proxy(
            String destinationServiceName,
            String destinationServiceId,
            String localServiceAddress,
            int localServicePort,
            String localServiceSocketPath,
            String mode,
            Map<String, @Nullable Object> config,
            List<Upstream> upstreams,
            String meshGatewayMode,
            Expose expose,
            @Nullable TransparentProxy transparentProxy) {
        this(
                destinationServiceName,
                destinationServiceId,
                localServiceAddress,
                localServicePort,
                localServiceSocketPath,
                mode,
                config,
                upstreams,
                meshGatewayMode,
                expose,
                transparentProxy,
                null);
    }

    /** What was registered, without anything that config entries have added. */
    public Proxy asGiven() {
        return given == null ? this : given;
    }

    /** The same, remembering what it was before something was added to it. */
    public Proxy addedTo(Proxy before) {
        return new Proxy(
                destinationServiceName,
                destinationServiceId,
                localServiceAddress,
                localServicePort,
                localServiceSocketPath,
                mode,
                config,
                upstreams,
                meshGatewayMode,
                expose,
                transparentProxy,
                before);
    }

    public Proxy withUpstreams(List<Upstream> newUpstreams) {
        return new Proxy(
                destinationServiceName,
                destinationServiceId,
                localServiceAddress,
                localServicePort,
                localServiceSocketPath,
                mode,
                config,
                newUpstreams,
                meshGatewayMode,
                expose,
                transparentProxy,
                given);
    }

    /** A service that the proxied one calls. */
    public record Upstream(
            String destinationType,
            String destinationNamespace,
            String destinationPartition,
            String destinationPeer,
            String destinationName,
            String datacenter,
            String localBindAddress,
            int localBindPort,
            String localBindSocketPath,
            String localBindSocketMode,
            Map<String, @Nullable Object> config,
            String meshGatewayMode,
            boolean centrallyConfigured) {
        public Upstream {
            config = Sorted.copyOf(config);
        }

        public Upstream withDestinationType(String newType) {
            return new Upstream(
                    newType,
                    destinationNamespace,
                    destinationPartition,
                    destinationPeer,
                    destinationName,
                    datacenter,
                    localBindAddress,
                    localBindPort,
                    localBindSocketPath,
                    localBindSocketMode,
                    config,
                    meshGatewayMode,
                    centrallyConfigured);
        }
    }

    /** Paths that are open without mutual TLS. */
    public record Expose(boolean checks, List<ExposePath> paths) {
        public Expose {
            paths = List.copyOf(paths);
        }
    }

    /** One open path. */
    public record ExposePath(
            int listenerPort, String path, int localPathPort, String protocol, boolean parsedFromCheck) {}

    /** How traffic is redirected into the proxy. */
    public record TransparentProxy(int outboundListenerPort, boolean dialedDirectly) {
        /** Whether it says nothing, as if it were not there. */
        public boolean isNothing() {
            return outboundListenerPort == 0 && !dialedDirectly;
        }
    }
}
