package dev.entente.rest.body;

import dev.entente.domain.chain.ChainQuestion.Overrides;
import java.util.Map;

/** What a client wants to hold in a chain instead of what entries say; other members are passed over. */
public final class ChainBody {
    private ChainBody() {}

    public static Overrides read(byte[] body) {
        return Bodies.read("Request decoding failed: ", () -> {
            Object value = JsonReader.read(body);
            LooseMembers members = LooseMembers.ofBody(value == null ? Map.of() : value);
            return new Overrides(
                    members.objectOrEmpty("OverrideMeshGateway").text("Mode"),
                    members.text("OverrideProtocol"),
                    members.duration("OverrideConnectTimeout"));
        });
    }
}
