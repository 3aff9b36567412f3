package dev.entente.rest.body;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.engine.catalog.CatalogCommands.Deregister;
import dev.entente.engine.catalog.CatalogCommands.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Bodies of catalog registrations (protocol chapter 6.5). */
public final class CatalogBody {
    private static final String NAMESPACE = "unknown field \"Namespace\"";

    private CatalogBody() {}

    /**
     * A command with the partition that its body names.
     *
     * @param partition empty when the body names none
     */
    public record InPartition<T>(String partition, T command) {}

    public static InPartition<Register> register(byte[] body) {
        return read(() -> {
            Members members = Members.ofBody(body, "RegisterRequest", "structs.RegisterRequest");
            Members serviceMembers = members.object("structs.NodeService", "Service");
            List<Members> checkMembers = checkMembers(members);
            String peer = peerOf(members, serviceMembers, checkMembers);
            Optional<Service> service = ServiceBody.ofCatalog(serviceMembers);
            List<Check> checks = checkMembers.stream().map(CheckBody::ofCatalog).toList();
            Register command = new Register(
                    members.text("Datacenter"),
                    members.named("types.NodeID", "ID"),
                    members.text("Node"),
                    members.text("Address"),
                    members.textMap("TaggedAddresses"),
                    members.textMap("NodeMeta"),
                    service,
                    checks,
                    members.flag("SkipNodeUpdate"),
                    peer);
            InPartition<Register> read = new InPartition<>(members.text("Partition"), command);
            members.ignore("Token", "CreateIndex", "ModifyIndex", "WriteRequest")
                    .end();
            return read;
        });
    }

    /** The one check comes behind the list: which is refused first, and which counts when two have one id, depends on it. */
    private static List<Members> checkMembers(Members members) {
        Members single = members.object("structs.HealthCheck", "Check");
        List<Members> checks =
                new ArrayList<>(members.objects("structs.HealthChecks", GoType.plain("structs.HealthCheck"), "Checks"));
        if (single != null) {
            checks.add(single);
        }
        return checks;
    }

    private static String peerOf(Members body, @Nullable Members service, List<Members> checks) {
        return Stream.concat(Stream.of(body), Stream.concat(Stream.ofNullable(service), checks.stream()))
                .map(members -> members.text("PeerName"))
                .filter(peer -> !peer.isEmpty())
                .findFirst()
                .orElse("");
    }

    public static InPartition<Deregister> deregister(byte[] body) {
        return read(() -> {
            Members members = Members.ofBody(body, ".Alias", GoType.DEREGISTER.text());
            Deregister command = new Deregister(
                    members.text("Datacenter"),
                    members.text("Node"),
                    members.text("ServiceID"),
                    members.named("types.CheckID", "CheckID"),
                    members.text("PeerName"));
            InPartition<Deregister> read = new InPartition<>(members.text("Partition"), command);
            members.ignoreText("Address").ignore("Token", "WriteRequest").end();
            return read;
        });
    }

    private static <T> T read(Supplier<T> read) {
        try {
            return read.get();
        } catch (MalformedBodyException e) {
            String hint = e.text().contains(NAMESPACE) ? " - Namespaces are a Consul Enterprise feature" : "";
            throw new RefusedException(Refusal.badRequest(CheckBody.PREFIX + e.text() + hint));
        }
    }
}
