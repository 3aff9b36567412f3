package dev.entente.rest.json;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The replicas as members of a cluster, in the form that Consul's gossip gives (protocol chapter 6.8).
 *
 * @param profile of this replica; the others are taken to be set up alike
 */
public record MemberJson(AgentProfile profile) {
    private static final int ALIVE = 1;
    private static final int FAILED = 4;

    /** A replica. */
    public record Member(String name, String id, String address, int serverPort, boolean alive) {}

    public byte[] list(List<Member> members, boolean wide) {
        return Json.array(members, (json, member) -> write(json, member, wide));
    }

    void write(Json json, Member member, boolean wide) {
        json.members(object -> object.text("Name", wide ? member.name() + "." + profile.datacenter() : member.name())
                .text("Addr", member.address())
                .number("Port", wide ? gossip().serfWan() : gossip().serfLan())
                .textMap("Tags", tags(member, wide))
                .number("Status", member.alive() ? ALIVE : FAILED)
                .number("ProtocolMin", 1)
                .number("ProtocolMax", 5)
                .number("ProtocolCur", 2)
                .number("DelegateMin", 2)
                .number("DelegateMax", 5)
                .number("DelegateCur", 4));
    }

    private AgentProfile.Gossip gossip() {
        return profile.ports().gossip();
    }

    private Map<String, String> tags(Member member, boolean wide) {
        Map<String, String> tags = new TreeMap<>(Map.of(
                "acls", "0",
                "bootstrap", "1",
                "build", profile.version() + ":",
                "dc", profile.datacenter(),
                "ft_fs", "1",
                "ft_si", "1",
                "id", member.id(),
                "port", String.valueOf(member.serverPort()),
                "raft_vsn", "3",
                "role", "consul"));
        tags.putAll(Map.of("segment", "", "vsn", "2", "vsn_max", "3", "vsn_min", "2"));
        if (!wide) {
            tags.put("wan_join_port", String.valueOf(gossip().serfWan()));
        }
        if (profile.ports().grpc() > 0) {
            tags.put("grpc_port", String.valueOf(profile.ports().grpc()));
        }
        if (profile.ports().grpcTls() > 0) {
            tags.put("grpc_tls_port", String.valueOf(profile.ports().grpcTls()));
        }
        return tags;
    }
}
