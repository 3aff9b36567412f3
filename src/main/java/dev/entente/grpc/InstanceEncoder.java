package dev.entente.grpc;

import com.google.protobuf.Duration;
import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.PeerMeta;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.grpc.wire.common.EnterpriseMeta;
import dev.entente.grpc.wire.service.CheckServiceNode;
import dev.entente.grpc.wire.service.ConnectProxyConfig;
import dev.entente.grpc.wire.service.ExposeConfig;
import dev.entente.grpc.wire.service.ExposePath;
import dev.entente.grpc.wire.service.HeaderValue;
import dev.entente.grpc.wire.service.HealthCheck;
import dev.entente.grpc.wire.service.HealthCheckDefinition;
import dev.entente.grpc.wire.service.MeshGatewayConfig;
import dev.entente.grpc.wire.service.NodeService;
import dev.entente.grpc.wire.service.PeeringServiceMeta;
import dev.entente.grpc.wire.service.ServiceAddress;
import dev.entente.grpc.wire.service.ServiceConnect;
import dev.entente.grpc.wire.service.TransparentProxyConfig;
import dev.entente.grpc.wire.service.Upstream;
import dev.entente.grpc.wire.service.Weights;

/**
 * Writes instances as they travel (protocol chapter 2.5), in the form that Consul uses: parts with nothing in them are left out,
 * except the empty enterprise part of services and checks. Indexes, partition and peer name stay at home.
 */
final class InstanceEncoder {
    private InstanceEncoder() {}

    static CheckServiceNode encode(ImportedInstance instance) {
        CheckServiceNode.Builder wire =
                CheckServiceNode.newBuilder().setNode(node(instance.node())).setService(service(instance.service()));
        instance.checks().forEach(check -> wire.addChecks(check(check)));
        return wire.build();
    }

    private static dev.entente.grpc.wire.service.Node node(Node node) {
        return dev.entente.grpc.wire.service.Node.newBuilder()
                .setId(node.id())
                .setNode(node.name())
                .setAddress(node.address())
                .setDatacenter(node.datacenter())
                .putAllTaggedAddresses(node.taggedAddresses())
                .putAllMeta(node.meta())
                .build();
    }

    private static NodeService service(Service service) {
        NodeService.Builder wire = NodeService.newBuilder()
                .setKind(service.kind())
                .setId(service.id())
                .setService(service.name())
                .addAllTags(service.tags())
                .setAddress(service.address())
                .putAllMeta(service.meta())
                .setPort(service.port())
                .setSocketPath(service.socketPath())
                .setEnableTagOverride(service.enableTagOverride())
                .setWeights(Weights.newBuilder()
                        .setPassing(service.weights().passing())
                        .setWarning(service.weights().warning()))
                .setEnterpriseMeta(EnterpriseMeta.getDefaultInstance());
        service.taggedAddresses()
                .forEach((tag, address) -> wire.putTaggedAddresses(
                        tag,
                        ServiceAddress.newBuilder()
                                .setAddress(address.address())
                                .setPort(address.port())
                                .build()));
        if (!service.proxy().equals(Proxy.NONE)) {
            wire.setProxy(proxy(service.proxy()));
        }
        if (!service.connect().equals(Connect.NONE)) {
            wire.setConnect(connect(service.connect()));
        }
        return wire.build();
    }

    private static ServiceConnect connect(Connect connect) {
        ServiceConnect.Builder wire = ServiceConnect.newBuilder().setNative(connect.isNative());
        PeerMeta meta = connect.peerMeta();
        if (meta != null) {
            wire.setPeerMeta(PeeringServiceMeta.newBuilder()
                    .addAllSni(meta.sni())
                    .addAllSpiffeId(meta.spiffeId())
                    .setProtocol(meta.protocol()));
        }
        return wire.build();
    }

    private static ConnectProxyConfig proxy(Proxy proxy) {
        ConnectProxyConfig.Builder wire = ConnectProxyConfig.newBuilder()
                .setDestinationServiceName(proxy.destinationServiceName())
                .setDestinationServiceId(proxy.destinationServiceId())
                .setLocalServiceAddress(proxy.localServiceAddress())
                .setLocalServicePort(proxy.localServicePort())
                .setLocalServiceSocketPath(proxy.localServiceSocketPath())
                .setMode(proxy.mode());
        if (!proxy.config().isEmpty()) {
            wire.setConfig(FreeForm.encode(proxy.config()));
        }
        proxy.upstreams().forEach(upstream -> wire.addUpstreams(upstream(upstream)));
        if (!proxy.meshGatewayMode().isEmpty()) {
            wire.setMeshGateway(MeshGatewayConfig.newBuilder().setMode(proxy.meshGatewayMode()));
        }
        if (proxy.expose().checks() || !proxy.expose().paths().isEmpty()) {
            wire.setExpose(expose(proxy.expose()));
        }
        Proxy.TransparentProxy transparent = proxy.transparentProxy();
        if (transparent != null) {
            wire.setTransparentProxy(TransparentProxyConfig.newBuilder()
                    .setOutboundListenerPort(transparent.outboundListenerPort())
                    .setDialedDirectly(transparent.dialedDirectly()));
        }
        return wire.build();
    }

    private static Upstream upstream(Proxy.Upstream upstream) {
        Upstream.Builder wire = Upstream.newBuilder()
                .setDestinationType(upstream.destinationType())
                .setDestinationNamespace(upstream.destinationNamespace())
                .setDestinationPartition(upstream.destinationPartition())
                .setDestinationPeer(upstream.destinationPeer())
                .setDestinationName(upstream.destinationName())
                .setDatacenter(upstream.datacenter())
                .setLocalBindAddress(upstream.localBindAddress())
                .setLocalBindPort(upstream.localBindPort())
                .setLocalBindSocketPath(upstream.localBindSocketPath())
                .setLocalBindSocketMode(upstream.localBindSocketMode())
                .setCentrallyConfigured(upstream.centrallyConfigured());
        if (!upstream.config().isEmpty()) {
            wire.setConfig(FreeForm.encode(upstream.config()));
        }
        if (!upstream.meshGatewayMode().isEmpty()) {
            wire.setMeshGateway(MeshGatewayConfig.newBuilder().setMode(upstream.meshGatewayMode()));
        }
        return wire.build();
    }

    private static ExposeConfig expose(Proxy.Expose expose) {
        ExposeConfig.Builder wire = ExposeConfig.newBuilder().setChecks(expose.checks());
        expose.paths()
                .forEach(path -> wire.addPaths(ExposePath.newBuilder()
                        .setListenerPort(path.listenerPort())
                        .setPath(path.path())
                        .setLocalPathPort(path.localPathPort())
                        .setProtocol(path.protocol())
                        .setParsedFromCheck(path.parsedFromCheck())));
        return wire.build();
    }

    private static HealthCheck check(Check check) {
        HealthCheck.Builder wire = HealthCheck.newBuilder()
                .setNode(check.node())
                .setCheckId(check.id())
                .setName(check.name())
                .setStatus(check.status())
                .setNotes(check.notes())
                .setOutput(check.output())
                .setServiceId(check.serviceId())
                .setServiceName(check.serviceName())
                .addAllServiceTags(check.serviceTags())
                .setType(check.type())
                .setInterval(check.interval())
                .setTimeout(check.timeout())
                .setExposedPort(check.exposedPort())
                .setEnterpriseMeta(EnterpriseMeta.getDefaultInstance());
        if (!check.definition().equals(CheckDefinition.NONE)) {
            wire.setDefinition(definition(check.definition()));
        }
        return wire.build();
    }

    private static HealthCheckDefinition definition(CheckDefinition definition) {
        HealthCheckDefinition.Builder wire = HealthCheckDefinition.newBuilder()
                .setHttp(definition.http())
                .setTlsServerName(definition.tlsServerName())
                .setTlsSkipVerify(definition.tlsSkipVerify())
                .setMethod(definition.method())
                .setBody(definition.body())
                .setDisableRedirects(definition.disableRedirects())
                .setTcp(definition.tcp())
                .setUdp(definition.udp())
                .setH2Ping(definition.h2ping())
                .setOsService(definition.osService())
                .setH2PingUseTls(definition.h2pingUseTls())
                .setOutputMaxSize(definition.outputMaxSize())
                .addAllScriptArgs(definition.scriptArgs())
                .setDockerContainerId(definition.dockerContainerId())
                .setShell(definition.shell())
                .setGrpc(definition.grpc())
                .setGrpcUseTls(definition.grpcUseTls())
                .setAliasNode(definition.aliasNode())
                .setAliasService(definition.aliasService())
                .setInterval(duration(definition.interval()))
                .setTimeout(duration(definition.timeout()))
                .setDeregisterCriticalServiceAfter(duration(definition.deregisterCriticalServiceAfter()))
                .setTtl(duration(definition.ttl()));
        definition
                .header()
                .forEach((name, values) -> wire.putHeader(
                        name, HeaderValue.newBuilder().addAllValue(values).build()));
        return wire.build();
    }

    private static Duration duration(java.time.Duration duration) {
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }
}
