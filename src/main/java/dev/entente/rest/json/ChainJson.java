package dev.entente.rest.json;

import dev.entente.domain.catalog.GoDuration;
import dev.entente.domain.chain.ChainNode;
import dev.entente.domain.chain.ChainTarget;
import dev.entente.domain.chain.DiscoveryChain;
import dev.entente.domain.config.ServiceResolverEntry.Place;
import java.util.List;

/** Discovery chains. */
public final class ChainJson {
    private ChainJson() {}

    public static byte[] write(DiscoveryChain chain) {
        return Json.object(json -> json.object("Chain", object -> chain(object, chain)));
    }

    private static void chain(Json json, DiscoveryChain chain) {
        json.text("ServiceName", chain.service())
                .text("Namespace", chain.namespace())
                .text("Partition", chain.partition())
                .text("Datacenter", chain.datacenter())
                .textIfAny("CustomizationHash", chain.customization())
                .flagIfSet("Default", chain.isDefault())
                .textIfAny("Protocol", chain.protocol())
                .textMapIfAny("ServiceMeta", chain.serviceMeta())
                .text("StartNode", chain.startNode())
                .objectsIfAny("Nodes", chain.nodes(), ChainJson::node)
                .objectsIfAny("Targets", chain.targets(), ChainJson::target);
    }

    private static void node(Json json, ChainNode node) {
        json.text("Type", node.type()).text("Name", node.name());
        if (node instanceof ChainNode.Router router) {
            json.arrayIfAny("Routes", router.routes(), ChainJson::route);
        } else if (node instanceof ChainNode.Splitter splitter) {
            json.arrayIfAny("Splits", splitter.splits(), ChainJson::split)
                    .objectIfAny("LoadBalancer", splitter.loadBalancer(), ResolverJson::loadBalancer);
        } else if (node instanceof ChainNode.Resolver resolver) {
            json.object("Resolver", object -> resolver(object, resolver))
                    .objectIfAny("LoadBalancer", resolver.loadBalancer(), ResolverJson::loadBalancer);
        }
    }

    private static void route(Json json, ChainNode.Route route) {
        json.members(object -> {
            RouteJson.route(object.name("Definition"), route.definition());
            object.text("NextNode", route.next());
        });
    }

    private static void split(Json json, ChainNode.Split split) {
        json.members(object -> {
            RouteJson.split(object.name("Definition"), split.definition());
            if (split.weight() != 0) {
                object.decimal("Weight", split.weight());
            }
            object.text("NextNode", split.next());
        });
    }

    private static void resolver(Json json, ChainNode.Resolver resolver) {
        json.text("ConnectTimeout", GoDuration.format(resolver.connectTimeout()))
                .flagIfSet("Default", resolver.isDefault())
                .text("Target", resolver.target());
        List<String> failover = resolver.failover();
        if (!failover.isEmpty()) {
            json.object("Failover", object -> object.texts("Targets", failover));
        }
    }

    private static void target(Json json, ChainTarget target) {
        Place place = target.place();
        json.text("ConnectTimeout", GoDuration.format(target.connectTimeout()))
                .text("ID", target.id())
                .text("Service", place.service())
                .textIfAny("ServiceSubset", place.serviceSubset())
                .text("Namespace", place.namespace())
                .text("Partition", place.partition())
                .textIfAny("Datacenter", place.datacenter())
                .textIfAny("Peer", place.peer());
        ProxyJson.meshGateway(json, target.meshGatewayMode());
        json.object("Subset", object -> ResolverJson.subset(object, target.subset()))
                .flagIfSet("External", target.external())
                .textIfAny("SNI", target.sni())
                .textIfAny("Name", target.name());
    }
}
