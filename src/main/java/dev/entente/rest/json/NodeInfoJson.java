package dev.entente.rest.json;

import dev.entente.domain.catalog.Node;
import dev.entente.engine.view.NodeContents;
import java.util.List;

/** A node with everything on it, as pages get it (protocol chapter 6.10, NodeInfo). */
public final class NodeInfoJson {
    private NodeInfoJson() {}

    /** A node and where it belongs. */
    public record Placed(Origin origin, NodeContents contents) {}

    public static byte[] one(Placed placed) {
        return Json.bytes(json -> write(json, placed));
    }

    public static byte[] list(List<Placed> nodes) {
        return Json.array(nodes, NodeInfoJson::write);
    }

    private static void write(Json json, Placed placed) {
        Origin origin = placed.origin();
        Node node = placed.contents().node().value();
        json.members(object -> object.text("ID", node.id())
                .text("Node", node.name())
                .textIfAny("Partition", origin.partition().external())
                .textIfAny("PeerName", origin.peerText())
                .text("Address", node.address())
                .textMapOrNull("TaggedAddresses", node.taggedAddresses())
                .textMapOrNull("Meta", node.meta())
                .array(
                        "Services",
                        placed.contents().services(),
                        (each, service) -> ServiceJson.writeForPages(each, origin, service))
                .array(
                        "Checks",
                        placed.contents().checks(),
                        (each, check) -> CheckJson.writeForPages(each, origin, check)));
    }
}
