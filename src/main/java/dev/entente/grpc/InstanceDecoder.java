package dev.entente.grpc;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.PeerMeta;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceAddress;
import dev.entente.domain.catalog.Weights;
import dev.entente.grpc.wire.service.CheckServiceNode;
import dev.entente.grpc.wire.service.ConnectProxyConfig;
import dev.entente.grpc.wire.service.ExposeConfig;
import dev.entente.grpc.wire.service.HealthCheck;
import dev.entente.grpc.wire.service.HealthCheckDefinition;
import dev.entente.grpc.wire.service.NodeService;
import dev.entente.grpc.wire.service.PeeringServiceMeta;
import dev.entente.grpc.wire.service.ServiceConnect;
import dev.entente.grpc.wire.service.Upstream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads instances as they travel (protocol chapter 2.5). What the sender says about partition, peer and indexes is ignored: the
 * receiver decides those (chapter 4.1). An {@link IllegalArgumentException} tells why an instance cannot be used.
 */
final class InstanceDecoder {
    /** Beyond this no check waits; keeps a nonsensical duration from overflowing. */
    private static final long MAX_SECONDS = 1L << 32;

    private InstanceDecoder() {}

    static ImportedInstance decode(CheckServiceNode wire) {
        if (!wire.hasNode() || !wire.hasService()) {
            throw new IllegalArgumentException("an instance has no " + (wire.hasNode() ? "service" : "node"));
        }
        List<Check> checks =
                wire.getChecksList().stream().map(InstanceDecoder::check).toList();
        return new ImportedInstance(node(wire.getNode()), service(wire.getService()), checks);
    }

    private static Node node(dev.entente.grpc.wire.service.Node wire) {
        return new Node(
                wire.getId(),
                wire.getNode(),
                wire.getAddress(),
                wire.getDatacenter(),
                wire.getTaggedAddressesMap(),
                wire.getMetaMap());
    }

    private static Service service(NodeService wire) {
        Map<String, ServiceAddress> addresses = new LinkedHashMap<>();
        wire.getTaggedAddressesMap()
                .forEach((tag, address) ->
                        addresses.put(tag, new ServiceAddress(address.getAddress(), address.getPort())));
        return new Service(
                wire.getKind(),
                wire.getId(),
                wire.getService(),
                wire.getTagsList(),
                wire.getAddress(),
                addresses,
                wire.getMetaMap(),
                wire.getPort(),
                wire.getSocketPath(),
                wire.hasWeights()
                        ? new Weights(
                                wire.getWeights().getPassing(),
                                wire.getWeights().getWarning())
                        : Weights.DEFAULT,
                wire.getEnableTagOverride(),
                wire.hasProxy() ? proxy(wire.getProxy()) : Proxy.NONE,
                wire.hasConnect() ? connect(wire.getConnect()) : Connect.NONE);
    }

    private static Connect connect(ServiceConnect wire) {
        if (!wire.hasPeerMeta()) {
            return new Connect(wire.getNative(), null);
        }
        PeeringServiceMeta meta = wire.getPeerMeta();
        return new Connect(
                wire.getNative(), new PeerMeta(meta.getSniList(), meta.getSpiffeIdList(), meta.getProtocol()));
    }

    private static Proxy proxy(ConnectProxyConfig wire) {
        return new Proxy(
                wire.getDestinationServiceName(),
                wire.getDestinationServiceId(),
                wire.getLocalServiceAddress(),
                wire.getLocalServicePort(),
                wire.getLocalServiceSocketPath(),
                wire.getMode(),
                FreeForm.decode(wire.getConfig()),
                wire.getUpstreamsList().stream().map(InstanceDecoder::upstream).toList(),
                wire.getMeshGateway().getMode(),
                expose(wire.getExpose()),
                wire.hasTransparentProxy()
                        ? new Proxy.TransparentProxy(
                                wire.getTransparentProxy().getOutboundListenerPort(),
                                wire.getTransparentProxy().getDialedDirectly())
                        : null);
    }

    private static Proxy.Upstream upstream(Upstream wire) {
        return new Proxy.Upstream(
                wire.getDestinationType(),
                wire.getDestinationNamespace(),
                wire.getDestinationPartition(),
                wire.getDestinationPeer(),
                wire.getDestinationName(),
                wire.getDatacenter(),
                wire.getLocalBindAddress(),
                wire.getLocalBindPort(),
                wire.getLocalBindSocketPath(),
                wire.getLocalBindSocketMode(),
                FreeForm.decode(wire.getConfig()),
                wire.getMeshGateway().getMode(),
                wire.getCentrallyConfigured());
    }

    private static Proxy.Expose expose(ExposeConfig wire) {
        List<Proxy.ExposePath> paths = wire.getPathsList().stream()
                .map(path -> new Proxy.ExposePath(
                        path.getListenerPort(),
                        path.getPath(),
                        path.getLocalPathPort(),
                        path.getProtocol(),
                        path.getParsedFromCheck()))
                .toList();
        return new Proxy.Expose(wire.getChecks(), paths);
    }

    private static Check check(HealthCheck wire) {
        return new Check(
                wire.getNode(),
                wire.getCheckId(),
                wire.getName(),
                wire.getStatus(),
                wire.getNotes(),
                wire.getOutput(),
                wire.getServiceId(),
                wire.getServiceName(),
                wire.getServiceTagsList(),
                wire.getType(),
                wire.getInterval(),
                wire.getTimeout(),
                wire.getExposedPort(),
                wire.hasDefinition() ? definition(wire.getDefinition()) : CheckDefinition.NONE);
    }

    private static CheckDefinition definition(HealthCheckDefinition wire) {
        Map<String, List<String>> header = new LinkedHashMap<>();
        wire.getHeaderMap().forEach((name, values) -> header.put(name, List.copyOf(values.getValueList())));
        return new CheckDefinition(
                wire.getHttp(),
                wire.getTlsServerName(),
                wire.getTlsSkipVerify(),
                header,
                wire.getMethod(),
                wire.getBody(),
                wire.getDisableRedirects(),
                wire.getTcp(),
                wire.getUdp(),
                wire.getH2Ping(),
                wire.getOsService(),
                wire.getH2PingUseTls(),
                duration(wire.getInterval()),
                Math.max(0, wire.getOutputMaxSize()),
                duration(wire.getTimeout()),
                duration(wire.getDeregisterCriticalServiceAfter()),
                wire.getScriptArgsList(),
                wire.getDockerContainerId(),
                wire.getShell(),
                wire.getGrpc(),
                wire.getGrpcUseTls(),
                wire.getAliasNode(),
                wire.getAliasService(),
                duration(wire.getTtl()),
                0,
                0,
                0);
    }

    private static Duration duration(com.google.protobuf.Duration wire) {
        long seconds = Math.max(-MAX_SECONDS, Math.min(MAX_SECONDS, wire.getSeconds()));
        return Duration.ofSeconds(seconds, wire.getNanos());
    }
}
