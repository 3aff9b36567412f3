package dev.entente.rest.body;

import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.PeerMeta;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceAddress;
import dev.entente.domain.catalog.Weights;
import dev.entente.engine.agent.AgentCommands.CheckSpec;
import dev.entente.engine.agent.AgentCommands.RegisterService;
import dev.entente.engine.agent.AgentCommands.SidecarSpec;
import dev.entente.rest.body.CatalogBody.InPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Services in bodies: registrations with an agent, and services of the catalog (protocol chapters 6.5 and 6.8.1). */
public final class ServiceBody {
    private static final String SNAKE_OVERRIDE = "enable_tag_override";
    private static final String ADDRESSES = "TaggedAddresses";
    private static final String SNAKE_ADDRESSES = "tagged_addresses";

    private ServiceBody() {}

    /** {@code /v1/agent/service/register}. */
    public static InPartition<RegisterService> register(byte[] body, boolean replaceExistingChecks) {
        return Bodies.read(CheckBody.PREFIX, () -> {
            Members members = Members.ofBody(body, ".Alias", GoType.SERVICE_DEFINITION.text());
            Members connect = members.object(GoType.SERVICE_CONNECT, "Connect");
            Members sidecar = connect == null
                    ? null
                    : connect.object(GoType.SERVICE_DEFINITION, "SidecarService", "sidecar_service");
            String partition = members.text("Partition");
            Service service = definition(members, connect);
            List<CheckSpec> checks = checks(members);
            members.end();
            return new InPartition<>(
                    partition, new RegisterService(service, checks, sidecar(sidecar), replaceExistingChecks));
        });
    }

    private static Optional<SidecarSpec> sidecar(@Nullable Members members) {
        if (members == null) {
            return Optional.empty();
        }
        Members connect = members.object(GoType.SERVICE_CONNECT, "Connect");
        boolean nested = connect != null && (connect.has("SidecarService") || connect.has("sidecar_service"));
        SidecarSpec sidecar = new SidecarSpec(definition(members, connect), checks(members), nested);
        members.end();
        return Optional.of(sidecar);
    }

    private static Service definition(Members members, @Nullable Members connect) {
        Service service = new Service(
                members.named("structs.ServiceKind", "Kind"),
                members.text("ID"),
                members.text("Name"),
                members.texts("Tags"),
                members.text("Address"),
                addresses(members, ADDRESSES, SNAKE_ADDRESSES),
                members.textMap("Meta"),
                members.integer("Port"),
                members.text("SocketPath"),
                weights(members),
                members.flag("EnableTagOverride", SNAKE_OVERRIDE),
                ProxyBody.read(members.object(GoType.CONNECT_PROXY, "Proxy")),
                new Connect(connect != null && connect.flag("Native"), null));
        members.ignore("Token", "Partition");
        return service;
    }

    private static List<CheckSpec> checks(Members members) {
        List<CheckSpec> checks = new ArrayList<>();
        Members single = members.object(GoType.CHECK_TYPE, "Check");
        if (single != null) {
            CheckSpec check = CheckBody.ofService(single);
            if (!CheckBody.isEmpty(check)) {
                checks.add(check);
            }
        }
        members.objects("structs.CheckTypes", GoType.CHECK_TYPE, "Checks")
                .forEach(each -> checks.add(CheckBody.ofService(each)));
        return checks;
    }

    /** The service of a catalog registration; empty when it names nothing. Only agents know other spellings of its members. */
    static Optional<Service> ofCatalog(@Nullable Members members) {
        if (members == null) {
            return Optional.empty();
        }
        Service service = new Service(
                members.named("structs.ServiceKind", "Kind"),
                members.text("ID"),
                members.text("Service"),
                members.texts("Tags"),
                members.text("Address"),
                addresses(members, ADDRESSES),
                members.textMap("Meta"),
                members.integer("Port"),
                members.text("SocketPath"),
                weights(members),
                members.flag("EnableTagOverride"),
                ProxyBody.read(members.object(GoType.CONNECT_PROXY, "Proxy")),
                connect(members.object(GoType.SERVICE_CONNECT, "Connect")));
        members.ignore("PeerName", "Partition", "CreateIndex", "ModifyIndex").end();
        return service.id().isEmpty() && service.name().isEmpty() ? Optional.empty() : Optional.of(service);
    }

    private static Connect connect(@Nullable Members members) {
        if (members == null) {
            return Connect.NONE;
        }
        Members peerMeta = members.object("structs.PeeringServiceMeta", "PeerMeta");
        return new Connect(
                members.flag("Native"),
                peerMeta == null
                        ? null
                        : new PeerMeta(peerMeta.texts("SNI"), peerMeta.texts("SpiffeID"), peerMeta.text("Protocol")));
    }

    private static Weights weights(Members members) {
        Members weights = members.object("structs.Weights", "Weights");
        if (weights == null) {
            return Weights.DEFAULT;
        }
        Weights read = new Weights(weights.integer("Passing"), weights.integer("Warning"));
        weights.end();
        return read;
    }

    private static Map<String, ServiceAddress> addresses(Members members, String... names) {
        Map<String, ServiceAddress> addresses = new HashMap<>();
        members.objectMap("map[string]structs.ServiceAddress", names).forEach((name, address) -> {
            addresses.put(name, new ServiceAddress(address.text("Address"), address.integer("Port")));
            address.end();
        });
        return addresses;
    }
}
