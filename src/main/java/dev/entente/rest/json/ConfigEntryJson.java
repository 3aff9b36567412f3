package dev.entente.rest.json;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.config.IngressGatewayEntry;
import dev.entente.domain.config.MeshEntry;
import dev.entente.domain.config.ProxyDefaultsEntry;
import dev.entente.domain.config.SamenessGroupEntry;
import dev.entente.domain.config.ServiceDefaultsEntry;
import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.domain.config.ServiceResolverEntry;
import dev.entente.domain.config.ServiceRouterEntry;
import dev.entente.domain.config.ServiceSplitterEntry;
import dev.entente.domain.config.TerminatingGatewayEntry;
import dev.entente.domain.identity.PartitionName;
import java.util.List;
import java.util.function.Consumer;

/** Config entries (protocol chapters 6.6 and 8). */
public final class ConfigEntryJson {
    private static final Members MEMBERS = new Members();

    private ConfigEntryJson() {}

    public static byte[] one(PartitionName partition, Indexed<ConfigEntry> entry) {
        return Json.bytes(json -> write(json, partition, entry));
    }

    public static byte[] list(PartitionName partition, List<Indexed<ConfigEntry>> entries) {
        return Json.array(entries, (json, entry) -> write(json, partition, entry));
    }

    private static void write(Json json, PartitionName partition, Indexed<ConfigEntry> indexed) {
        ConfigEntry entry = indexed.value();
        json.members(object -> {
            // Consul writes this one before all others.
            if (entry instanceof ServiceResolverEntry resolver) {
                ResolverJson.connectTimeout(object, resolver.connectTimeout());
            }
            object.text("Kind", entry.kind());
            if (!(entry instanceof MeshEntry)) {
                object.text("Name", entry.name());
            }
            object.textIfAny("Partition", partition.external());
            entry.fold(MEMBERS).accept(object);
            object.textMapIfAny("Meta", entry.meta())
                    .number("CreateIndex", indexed.createIndex())
                    .number("ModifyIndex", indexed.modifyIndex());
        });
    }

    /** The members that only a kind has. */
    private static final class Members implements ConfigEntry.Cases<Consumer<Json>> {
        @Override
        public Consumer<Json> exportedServices(ExportedServicesEntry entry) {
            return json -> json.arrayIfAny("Services", entry.services(), ConfigEntryJson::exported);
        }

        @Override
        public Consumer<Json> ingressGateway(IngressGatewayEntry entry) {
            return json -> GatewayJson.ingress(json, entry);
        }

        @Override
        public Consumer<Json> mesh(MeshEntry entry) {
            return json -> MeshJson.write(json, entry);
        }

        @Override
        public Consumer<Json> proxyDefaults(ProxyDefaultsEntry entry) {
            return json -> DefaultsJson.proxy(json, entry);
        }

        @Override
        public Consumer<Json> samenessGroup(SamenessGroupEntry entry) {
            return json -> json.flagIfSet("DefaultForFailover", entry.defaultForFailover())
                    .flagIfSet("IncludeLocal", entry.includeLocal())
                    .arrayOrNull("Members", entry.members(), ConfigEntryJson::member);
        }

        @Override
        public Consumer<Json> serviceDefaults(ServiceDefaultsEntry entry) {
            return json -> DefaultsJson.service(json, entry);
        }

        @Override
        public Consumer<Json> serviceIntentions(ServiceIntentionsEntry entry) {
            return json -> json.arrayIfAny("Sources", entry.sources(), PermissionJson::source);
        }

        @Override
        public Consumer<Json> serviceResolver(ServiceResolverEntry entry) {
            return json -> ResolverJson.write(json, entry);
        }

        @Override
        public Consumer<Json> serviceRouter(ServiceRouterEntry entry) {
            return json -> json.arrayOrNull("Routes", entry.routes(), RouteJson::route);
        }

        @Override
        public Consumer<Json> serviceSplitter(ServiceSplitterEntry entry) {
            return json -> json.arrayOrNull("Splits", entry.splits(), RouteJson::split);
        }

        @Override
        public Consumer<Json> terminatingGateway(TerminatingGatewayEntry entry) {
            return json -> json.arrayOrNull("Services", entry.services(), GatewayJson::linked);
        }
    }

    private static void exported(Json json, ExportedServicesEntry.ExportedService service) {
        json.members(object -> object.text("Name", service.name())
                .textIfAny("Namespace", service.namespace())
                .arrayIfAny(
                        "Consumers",
                        service.consumers(),
                        (each, consumer) -> each.members(member -> member.textIfAny("Partition", consumer.partition())
                                .textIfAny("Peer", consumer.peer()))));
    }

    private static void member(Json json, SamenessGroupEntry.Member member) {
        json.members(object -> object.textIfAny("Partition", member.partition()).textIfAny("Peer", member.peer()));
    }
}
