package dev.entente.engine.peering;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.StreamStatus;
import dev.entente.engine.access.Caller;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The use cases of peerings (protocol chapters 1, 6.3 and 7); refusals fail with a RefusedException that carries the documented text.
 */
public interface Peerings {

    /** A peering as clients see it: its record, the state with the stream's word in it, and the stream's status. */
    record Shown(Indexed<Peering> peering, StreamStatus status) {}

    /** What {@code POST /v1/peering/token} asks for; the name is not validated yet. */
    record GenerateToken(
            String partition, String peerName, Map<String, String> meta, List<String> serverExternalAddresses) {}

    /** What {@code POST /v1/peering/establish} asks for; nothing is validated yet. */
    record Establish(String partition, String peerName, String peeringToken, Map<String, String> meta) {}

    /** Gives the encoded token; an earlier one that was not used is void from now on. */
    Uni<String> generateToken(Caller caller, GenerateToken command);

    Uni<Void> establish(Caller caller, Establish command);

    Uni<Optional<Shown>> read(Caller caller, PartitionName partition, String name);

    Uni<List<Shown>> list(Caller caller, PartitionName partition);

    /** Marks the peering for deletion and returns; the purge follows. Unknown names are no error. */
    Uni<Void> delete(Caller caller, PartitionName partition, String name);
}
