package dev.entente.domain.token;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.token.JsonReader.JsonNumber;
import dev.entente.domain.token.JsonReader.Member;
import dev.entente.domain.token.JsonReader.Members;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A token as JSON (protocol chapter 1.1). Reading takes member names in any case, the last of several, and null for nothing; a value
 * of the wrong type is refused with the sentence that Consul's servers say.
 */
final class TokenJson {
    private List<String> caPems = List.of();
    private List<String> manualServerAddresses = List.of();
    private List<String> serverAddresses = List.of();
    private String serverName = "";
    private String peerId = "";
    private String establishmentSecret = "";
    private String remotePartition = "";
    private String remoteDatacenter = "";

    private TokenJson() {}

    static Outcome<PeeringToken> read(byte[] json) {
        try {
            TokenJson token = new TokenJson();
            token.takeRoot(JsonReader.read(json));
            return Outcome.accepted(token.finish());
        } catch (JsonSyntaxException e) {
            return Outcome.refused(Refusal.invalid(String.valueOf(e.getMessage())));
        }
    }

    static String write(PeeringToken token) {
        return "{\"CA\":" + list(token.caPems())
                + ",\"ManualServerAddresses\":" + list(token.manualServerAddresses())
                + ",\"ServerAddresses\":" + list(token.serverAddresses())
                + ",\"ServerName\":" + quoted(token.serverName())
                + ",\"PeerID\":" + quoted(token.peerId())
                + ",\"EstablishmentSecret\":"
                + quoted(token.establishmentSecret().reveal())
                + ",\"Remote\":{\"Partition\":" + quoted(token.remotePartition())
                + ",\"Datacenter\":" + quoted(token.remoteDatacenter())
                + ",\"Locality\":null}}";
    }

    private PeeringToken finish() {
        return new PeeringToken(
                caPems,
                manualServerAddresses,
                serverAddresses,
                serverName,
                peerId,
                new Secret(establishmentSecret),
                remotePartition,
                remoteDatacenter);
    }

    private void takeRoot(@Nullable Object root) throws JsonSyntaxException {
        if (root instanceof Members object) {
            for (Member member : object.members()) {
                take(member);
            }
        } else if (root != null) {
            throw new JsonSyntaxException(
                    "json: cannot unmarshal " + typeOf(root) + " into Go value of type structs.PeeringToken");
        }
    }

    private void take(Member member) throws JsonSyntaxException {
        if (is(member, "CA")) {
            caPems = strings("PeeringToken.CA", member.value());
        } else if (is(member, "ManualServerAddresses")) {
            manualServerAddresses = strings("PeeringToken.ManualServerAddresses", member.value());
        } else if (is(member, "ServerAddresses")) {
            serverAddresses = strings("PeeringToken.ServerAddresses", member.value());
        } else if (is(member, "ServerName")) {
            serverName = string("PeeringToken.ServerName", member.value(), serverName);
        } else if (is(member, "PeerID")) {
            peerId = string("PeeringToken.PeerID", member.value(), peerId);
        } else if (is(member, "EstablishmentSecret")) {
            establishmentSecret = string("PeeringToken.EstablishmentSecret", member.value(), establishmentSecret);
        } else if (is(member, "Remote")) {
            takeRemote(member.value());
        }
    }

    private void takeRemote(@Nullable Object remote) throws JsonSyntaxException {
        if (remote instanceof Members object) {
            for (Member member : object.members()) {
                if (is(member, "Partition")) {
                    remotePartition = string("PeeringTokenRemote.Remote.Partition", member.value(), remotePartition);
                } else if (is(member, "Datacenter")) {
                    remoteDatacenter = string("PeeringTokenRemote.Remote.Datacenter", member.value(), remoteDatacenter);
                }
            }
        } else if (remote != null) {
            throw wrongType(remote, "PeeringToken.Remote", "structs.PeeringTokenRemote");
        }
    }

    private static boolean is(Member member, String name) {
        return member.name().equalsIgnoreCase(name);
    }

    private static String string(String field, @Nullable Object value, String before) throws JsonSyntaxException {
        if (value == null) {
            return before;
        }
        if (value instanceof String text) {
            return text;
        }
        throw wrongType(value, field, "string");
    }

    private static List<String> strings(String field, @Nullable Object value) throws JsonSyntaxException {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> elements)) {
            throw wrongType(value, field, "[]string");
        }
        String[] texts = new String[elements.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = string(field, elements.get(i), "");
        }
        return List.of(texts);
    }

    private static JsonSyntaxException wrongType(Object value, String field, String type) {
        return new JsonSyntaxException(
                "json: cannot unmarshal " + typeOf(value) + " into Go struct field " + field + " of type " + type);
    }

    private static String typeOf(Object value) {
        if (value instanceof Members) {
            return "object";
        }
        if (value instanceof List) {
            return "array";
        }
        if (value instanceof JsonNumber) {
            return "number";
        }
        return value instanceof Boolean ? "bool" : "string";
    }

    private static String list(List<String> texts) {
        return texts.isEmpty()
                ? "null"
                : texts.stream().map(TokenJson::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(unit -> appendEscaped(json, (char) unit));
        return json.append('"').toString();
    }

    private static void appendEscaped(StringBuilder json, char unit) {
        switch (unit) {
            case '"', '\\' -> json.append('\\').append(unit);
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            default -> {
                if (unit < ' ' || "<>&\u2028\u2029".indexOf(unit) >= 0) {
                    json.append(String.format("\\u%04x", (int) unit));
                } else {
                    json.append(unit);
                }
            }
        }
    }
}
