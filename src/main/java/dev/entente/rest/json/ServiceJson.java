package dev.entente.rest.json;

import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.PeerMeta;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceAddress;
import dev.entente.domain.catalog.Weights;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Service instances on their node (protocol chapter 6.2, NodeService). */
final class ServiceJson {
    private ServiceJson() {}

    static void write(Json json, Origin origin, Indexed<Service> indexed) {
        write(json, origin, indexed, tags -> json.texts("Tags", tags));
    }

    /** As pages get it: null for no tags. */
    static void writeForPages(Json json, Origin origin, Indexed<Service> indexed) {
        boolean isCopy = indexed.value().isCopy();
        write(json, origin, indexed, tags -> {
            if (isCopy) {
                json.texts("Tags", tags);
            } else {
                json.textsOrNull("Tags", tags);
            }
        });
    }

    private static void write(Json json, Origin origin, Indexed<Service> indexed, Consumer<List<String>> writeTags) {
        Service service = indexed.value();
        json.members(object -> {
            object.textIfAny("Kind", service.kind()).text("ID", service.id()).text("Service", service.name());
            writeTags.accept(service.tags());
            object.text("Address", service.address());
            addressesIfAny(object, "TaggedAddresses", service.taggedAddresses());
            meta(object, service);
            object.numberIfAny("Port", service.port())
                    .textIfAny("SocketPath", service.socketPath())
                    .object("Weights", weights -> weights(weights, service.weights()))
                    .flag("EnableTagOverride", service.enableTagOverride())
                    .name("Proxy");
            ProxyJson.write(object, service.proxy());
            object.object("Connect", connect -> connect(connect, service.connect()))
                    .textIfAny("Partition", origin.partition().external())
                    .text("PeerName", origin.peerText())
                    .number("CreateIndex", indexed.createIndex())
                    .number("ModifyIndex", indexed.modifyIndex());
        });
    }

    private static void meta(Json json, Service service) {
        if (service.isCopy()) {
            json.textMap("Meta", service.meta());
        } else {
            json.textMapOrNull("Meta", service.meta());
        }
    }

    static void weights(Json json, Weights weights) {
        json.number("Passing", weights.passing()).number("Warning", weights.warning());
    }

    static void connect(Json json, Connect connect) {
        json.flagIfSet("Native", connect.isNative());
        PeerMeta peerMeta = connect.peerMeta();
        if (peerMeta != null) {
            json.object(
                    "PeerMeta",
                    meta -> meta.textsIfAny("SNI", peerMeta.sni())
                            .textsIfAny("SpiffeID", peerMeta.spiffeId())
                            .textIfAny("Protocol", peerMeta.protocol()));
        }
    }

    static void addressesIfAny(Json json, String name, Map<String, ServiceAddress> addresses) {
        if (addresses.isEmpty()) {
            return;
        }
        json.object(
                name,
                object -> addresses.forEach((key, address) -> object.object(
                        key, each -> each.text("Address", address.address()).number("Port", address.port()))));
    }
}
