package dev.entente.domain.query;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Proxy.TransparentProxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceAddress;
import dev.entente.domain.catalog.Weights;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What filters can select of nodes, services and checks (the table of protocol chapter 6.1.8). */
public final class CatalogSelectors {
    private static final TransparentProxy NOT_TRANSPARENT = new TransparentProxy(0, false);

    private static final Selectors<ServiceAddress> ADDRESS = Selectors.<ServiceAddress>of()
            .text("Address", ServiceAddress::address)
            .number("Port", ServiceAddress::port)
            .build();

    private static final Selectors<Weights> WEIGHTS = Selectors.<Weights>of()
            .number("Passing", Weights::passing)
            .number("Warning", Weights::warning)
            .build();

    private static final Selectors<Connect> CONNECT =
            Selectors.<Connect>of().flag("Native", Connect::isNative).build();

    private static final Selectors<String> MESH_GATEWAY =
            Selectors.<String>of().text("Mode", Function.identity()).build();

    private static final Selectors<Proxy.ExposePath> PATH = Selectors.<Proxy.ExposePath>of()
            .number("ListenerPort", Proxy.ExposePath::listenerPort)
            .text("Path", Proxy.ExposePath::path)
            .number("LocalPathPort", Proxy.ExposePath::localPathPort)
            .text("Protocol", Proxy.ExposePath::protocol)
            .flag("ParsedFromCheck", Proxy.ExposePath::parsedFromCheck)
            .build();

    private static final Selectors<Proxy.Expose> EXPOSE = Selectors.<Proxy.Expose>of()
            .flag("Checks", Proxy.Expose::checks)
            .each("Paths", Proxy.Expose::paths, PATH)
            .build();

    private static final Selectors<TransparentProxy> TRANSPARENT = Selectors.<TransparentProxy>of()
            .number("OutboundListenerPort", TransparentProxy::outboundListenerPort)
            .flag("DialedDirectly", TransparentProxy::dialedDirectly)
            .build();

    private static final Selectors<Proxy.Upstream> UPSTREAM = Selectors.<Proxy.Upstream>of()
            .text("DestinationType", Proxy.Upstream::destinationType)
            .text("DestinationNamespace", Proxy.Upstream::destinationNamespace)
            .text("DestinationPartition", Proxy.Upstream::destinationPartition)
            .text("DestinationPeer", Proxy.Upstream::destinationPeer)
            .text("DestinationName", Proxy.Upstream::destinationName)
            .text("Datacenter", Proxy.Upstream::datacenter)
            .text("LocalBindAddress", Proxy.Upstream::localBindAddress)
            .number("LocalBindPort", Proxy.Upstream::localBindPort)
            .text("LocalBindSocketPath", Proxy.Upstream::localBindSocketPath)
            .text("LocalBindSocketMode", Proxy.Upstream::localBindSocketMode)
            .nested("MeshGateway", Proxy.Upstream::meshGatewayMode, MESH_GATEWAY)
            .build();

    private static final Selectors<Proxy> PROXY = Selectors.<Proxy>of()
            .text("DestinationServiceName", Proxy::destinationServiceName)
            .text("DestinationServiceID", Proxy::destinationServiceId)
            .text("LocalServiceAddress", Proxy::localServiceAddress)
            .number("LocalServicePort", Proxy::localServicePort)
            .text("LocalServiceSocketPath", Proxy::localServiceSocketPath)
            .text("Mode", Proxy::mode)
            .nested("MeshGateway", Proxy::meshGatewayMode, MESH_GATEWAY)
            .nested("Expose", Proxy::expose, EXPOSE)
            .nested("TransparentProxy", proxy -> orNone(proxy.transparentProxy()), TRANSPARENT)
            .each("Upstreams", Proxy::upstreams, UPSTREAM)
            .build();

    /** Nodes. */
    public static final Selectors<Row<Node>> NODE = Selectors.<Row<Node>>of()
            .text("ID", row -> row.value().id())
            .text("Node", row -> row.value().name())
            .text("Address", row -> row.value().address())
            .text("Datacenter", row -> row.value().datacenter())
            .text("Partition", Row::partition)
            .text("PeerName", Row::peer)
            .textMap("TaggedAddresses", row -> row.value().taggedAddresses())
            .textMap("Meta", row -> row.value().meta())
            .build();

    /** Services on their node, and those of an agent. */
    public static final Selectors<Row<Service>> SERVICE = Selectors.<Row<Service>>of()
            .text("Kind", row -> row.value().kind())
            .text("ID", row -> row.value().id())
            .text("Service", row -> row.value().name())
            .texts("Tags", row -> row.value().tags())
            .text("Address", row -> row.value().address())
            .map("TaggedAddresses", row -> row.value().taggedAddresses(), ADDRESS)
            .textMap("Meta", row -> row.value().meta())
            .number("Port", row -> row.value().port())
            .text("SocketPath", row -> row.value().socketPath())
            .nested("Weights", row -> row.value().weights(), WEIGHTS)
            .flag("EnableTagOverride", row -> row.value().enableTagOverride())
            .nested("Proxy", row -> row.value().proxy(), PROXY)
            .nested("Connect", row -> row.value().connect(), CONNECT)
            .text("PeerName", Row::peer)
            .build();

    /** Checks. */
    public static final Selectors<Row<Check>> CHECK = Selectors.<Row<Check>>of()
            .text("Node", row -> row.value().node())
            .text("CheckID", row -> row.value().id())
            .text("Name", row -> row.value().name())
            .text("Status", row -> row.value().status())
            .text("Notes", row -> row.value().notes())
            .text("Output", row -> row.value().output())
            .text("ServiceID", row -> row.value().serviceId())
            .text("ServiceName", row -> row.value().serviceName())
            .texts("ServiceTags", row -> row.value().serviceTags())
            .text("Type", row -> row.value().type())
            .text("Interval", row -> row.value().interval())
            .text("Timeout", row -> row.value().timeout())
            .number("ExposedPort", row -> row.value().exposedPort())
            .text("PeerName", Row::peer)
            .build();

    /** Instances as the catalog shows them. */
    public static final Selectors<Row<Instance>> CATALOG = Selectors.<Row<Instance>>of()
            .text("ID", row -> node(row).id())
            .text("Node", row -> node(row).name())
            .text("Address", row -> node(row).address())
            .text("Datacenter", row -> node(row).datacenter())
            .textMap("TaggedAddresses", row -> node(row).taggedAddresses())
            .textMap("NodeMeta", row -> node(row).meta())
            .text("ServiceKind", row -> service(row).kind())
            .text("ServiceID", row -> service(row).id())
            .text("ServiceName", row -> service(row).name())
            .texts("ServiceTags", row -> service(row).tags())
            .text("ServiceAddress", row -> service(row).address())
            .map("ServiceTaggedAddresses", row -> service(row).taggedAddresses(), ADDRESS)
            .textMap("ServiceMeta", row -> service(row).meta())
            .number("ServicePort", row -> service(row).port())
            .text("ServiceSocketPath", row -> service(row).socketPath())
            .nested("ServiceWeights", row -> service(row).weights(), WEIGHTS)
            .flag("ServiceEnableTagOverride", row -> service(row).enableTagOverride())
            .nested("ServiceProxy", row -> service(row).proxy(), PROXY)
            .nested("ServiceConnect", row -> service(row).connect(), CONNECT)
            .text("PeerName", Row::peer)
            .build();

    /** Instances as health shows them. */
    public static final Selectors<Row<Instance>> HEALTH = Selectors.<Row<Instance>>of()
            .nested("Node", row -> row.part(node(row)), NODE)
            .nested("Service", row -> row.part(service(row)), SERVICE)
            .each("Checks", row -> row.parts(values(row.value().checks())), CHECK)
            .build();

    /** A node with everything on it. */
    public record Contents(Node node, List<Service> services, List<Check> checks) {}

    /** Nodes as pages show them. */
    public static final Selectors<Row<Contents>> CONTENTS = Selectors.<Row<Contents>>of()
            .text("ID", row -> row.value().node().id())
            .text("Node", row -> row.value().node().name())
            .text("Address", row -> row.value().node().address())
            .text("Partition", Row::partition)
            .text("PeerName", Row::peer)
            .textMap("TaggedAddresses", row -> row.value().node().taggedAddresses())
            .textMap("Meta", row -> row.value().node().meta())
            .each("Services", row -> row.parts(row.value().services()), SERVICE)
            .each("Checks", row -> row.parts(row.value().checks()), CHECK)
            .build();

    private CatalogSelectors() {}

    /** Without its indexes, which no filter selects. */
    public static <T> List<T> values(List<Indexed<T>> indexed) {
        return indexed.stream().map(Indexed::value).toList();
    }

    private static Node node(Row<Instance> row) {
        return row.value().node().value();
    }

    private static Service service(Row<Instance> row) {
        return row.value().service().value();
    }

    private static TransparentProxy orNone(@Nullable TransparentProxy proxy) {
        return proxy == null ? NOT_TRANSPARENT : proxy;
    }
}
