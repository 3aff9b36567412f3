package dev.entente.rest.body;

import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.engine.peering.Peerings.Establish;
import dev.entente.engine.peering.Peerings.GenerateToken;

/** Bodies of the peering endpoints (protocol chapter 6.3). */
public final class PeeringBody {
    private static final String PREFIX = "Body decoding failed: ";

    private PeeringBody() {}

    /** {@code /v1/peering/token}; the partition is that of the request, for a body that names none. */
    public static GenerateToken token(byte[] body, String partition) {
        GenerateToken command = Bodies.read(PREFIX, () -> {
            Members members = Members.ofBody(body, "PeeringGenerateTokenRequest", "api.PeeringGenerateTokenRequest");
            GenerateToken read = new GenerateToken(
                    members.textOr(partition, "Partition"),
                    members.text("PeerName"),
                    members.textMap("Meta"),
                    members.texts("ServerExternalAddresses"));
            members.end();
            return read;
        });
        require(command.peerName(), "PeerName is required in the payload when generating a new peering token.");
        return command;
    }

    /** {@code /v1/peering/establish}; the partition is that of the request, for a body that names none. */
    public static Establish establish(byte[] body, String partition) {
        Establish command = Bodies.read(PREFIX, () -> {
            Members members = Members.ofBody(body, "PeeringEstablishRequest", "api.PeeringEstablishRequest");
            Establish read = new Establish(
                    members.textOr(partition, "Partition"),
                    members.text("PeerName"),
                    members.text("PeeringToken"),
                    members.textMap("Meta"));
            members.end();
            return read;
        });
        require(command.peerName(), "PeerName is required in the payload when establishing a peering.");
        require(command.peeringToken(), "PeeringToken is required in the payload when establishing a peering.");
        return command;
    }

    private static void require(String value, String textWhenMissing) {
        if (value.isEmpty()) {
            throw new RefusedException(Refusal.badRequest(textWhenMissing));
        }
    }
}
