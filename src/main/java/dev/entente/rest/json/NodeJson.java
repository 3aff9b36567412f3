package dev.entente.rest.json;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Node;
import java.util.List;

/** Nodes (protocol chapter 6.2, Node). */
public final class NodeJson {
    private NodeJson() {}

    public static byte[] list(Origin origin, List<Indexed<Node>> nodes) {
        return Json.array(nodes, (json, node) -> write(json, origin, node));
    }

    static void write(Json json, Origin origin, Indexed<Node> indexed) {
        Node node = indexed.value();
        json.members(object -> object.text("ID", node.id())
                .text("Node", node.name())
                .text("Address", node.address())
                .text("Datacenter", node.datacenter())
                .textIfAny("Partition", origin.partition().external())
                .textIfAny("PeerName", origin.peerText())
                .textMapOrNull("TaggedAddresses", node.taggedAddresses())
                .textMapOrNull("Meta", node.meta())
                .number("CreateIndex", indexed.createIndex())
                .number("ModifyIndex", indexed.modifyIndex()));
    }
}
