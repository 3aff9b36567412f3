package dev.entente.engine.peering;

import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceAddress;
import dev.entente.domain.config.MeshEntry;
import dev.entente.engine.port.Keys;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The gateways through which clusters reach each other's servers when the mesh entry says so (protocol chapters 1.2.3, 3.2, 5.6). */
public final class MeshGateways {
    /** The gateways of a partition, whatever their names. */
    public static final Topic GATEWAYS = Topic.of(Topic.Subject.MESH_GATEWAYS, null);

    /** What decides on the way, in the default partition. */
    public static final Set<Topic> TOPICS =
            Set.of(GATEWAYS, Topic.configEntry(Keys.configEntry(MeshEntry.KIND, MeshEntry.NAME)));

    private static final String WAN = "wan";

    private final View view;

    public MeshGateways(View view) {
        this.view = view;
    }

    /** Whether servers are reached through them. */
    public boolean areTheWay() {
        return view.defaultPartition()
                .configEntry(MeshEntry.KIND, MeshEntry.NAME)
                .value()
                .filter(held -> held.value() instanceof MeshEntry mesh && mesh.peersThroughGateways())
                .isPresent();
    }

    /** Where the gateways of this cluster are reached from far away, in the catalog's order. */
    public List<String> addresses() {
        return view.defaultPartition().meshGateways().stream()
                .map(MeshGateways::farAddress)
                .toList();
    }

    /** This cluster's gateways, where they are reached from near, in front of a peer's addresses when they are the way. */
    public List<String> before(List<String> peerAddresses) {
        if (!areTheWay()) {
            return peerAddresses;
        }
        List<String> ring = new ArrayList<>();
        view.defaultPartition().meshGateways().forEach(instance -> ring.add(nearAddress(instance)));
        ring.addAll(peerAddresses);
        return ring;
    }

    private static String farAddress(Instance instance) {
        Service service = instance.service().value();
        Node node = instance.node().value();
        ServiceAddress address =
                service.taggedAddresses().getOrDefault(WAN, new ServiceAddress(service.address(), service.port()));
        return joined(address, node.taggedAddresses().getOrDefault(WAN, node.address()));
    }

    private static String nearAddress(Instance instance) {
        Service service = instance.service().value();
        return joined(
                new ServiceAddress(service.address(), service.port()),
                instance.node().value().address());
    }

    private static String joined(ServiceAddress address, String hostOfNode) {
        String host = address.address().isEmpty() ? hostOfNode : address.address();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.port();
    }
}
