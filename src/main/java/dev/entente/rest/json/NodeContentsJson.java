package dev.entente.rest.json;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Service;
import dev.entente.engine.view.NodeContents;
import java.util.List;
import java.util.Optional;

/** A node with its services (protocol chapter 6.5). */
public final class NodeContentsJson {
    private NodeContentsJson() {}

    /** {@code /v1/catalog/node}: services by id; null for an unknown node. */
    public static byte[] byId(Origin origin, Optional<NodeContents> contents) {
        return Json.bytes(json -> contents.ifPresentOrElse(found -> byId(json, origin, found), json::nothing));
    }

    private static void byId(Json json, Origin origin, NodeContents contents) {
        json.members(object -> {
            NodeJson.write(object.name("Node"), origin, contents.node());
            object.object("Services", services -> {
                for (Indexed<Service> service : contents.services()) {
                    ServiceJson.write(services.name(service.value().id()), origin, service);
                }
            });
        });
    }

    /** {@code /v1/catalog/node-services}: services as a list, null for none; nulls for an unknown node. */
    public static byte[] list(Origin origin, Optional<NodeContents> contents) {
        return Json.object(json -> contents.ifPresentOrElse(
                found -> list(json, origin, found), () -> json.nothing("Node").nothing("Services")));
    }

    /** The same for some of the services, and no null in their place. */
    public static byte[] filteredList(Origin origin, Optional<NodeContents> contents) {
        return contents.isEmpty() ? list(origin, contents) : Json.object(json -> some(json, origin, contents.get()));
    }

    private static void list(Json json, Origin origin, NodeContents contents) {
        if (contents.services().isEmpty()) {
            NodeJson.write(json.name("Node"), origin, contents.node());
            json.nothing("Services");
        } else {
            some(json, origin, contents);
        }
    }

    private static void some(Json json, Origin origin, NodeContents contents) {
        NodeJson.write(json.name("Node"), origin, contents.node());
        List<Indexed<Service>> services = contents.services();
        json.array("Services", services, (each, service) -> ServiceJson.write(each, origin, service));
    }
}
