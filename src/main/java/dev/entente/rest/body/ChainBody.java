package dev.entente.rest.body;

import dev.entente.domain.chain.ChainQuestion.Overrides;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client wants to hold in a chain instead of what entries say; other members are passed over. */
public final class ChainBody {
    private ChainBody() {}

    public static Overrides read(byte[] body) {
        return Bodies.read("Request decoding failed: ", () -> {
            LooseMembers members = LooseMembers.ofBody(object(JsonReader.read(body)));
            Overrides overrides = new Overrides(
                    members.objectOrEmpty("OverrideMeshGateway").named("structs.MeshGatewayMode", "Mode"),
                    members.text("OverrideProtocol"),
                    members.duration("OverrideConnectTimeout"));
            members.requireFit();
            return overrides;
        });
    }

    private static Map<?, ?> object(@Nullable Object body) {
        if (body == null || body instanceof Map<?, ?>) {
            return body instanceof Map<?, ?> object ? object : Map.of();
        }
        throw new MalformedBodyException(
                "json: cannot unmarshal " + Place.describe(body) + " into Go value of type map[string]interface {}");
    }
}
