package dev.entente.rest.json;

import java.util.Map;

/** {@code /v1/agent/self} (protocol chapter 6.8). */
public final class SelfJson {
    private SelfJson() {}

    public static byte[] write(AgentProfile profile, MemberJson.Member self, Map<String, String> counts) {
        return Json.object(json -> {
            json.object("Config", config -> config(config, profile))
                    .object("DebugConfig", debug -> debug(debug, profile))
                    .object("Coord", CoordinateJson::coordinate)
                    .name("Member");
            new MemberJson(profile).write(json, self, false);
            json.object(
                            "Stats",
                            stats -> stats.textMap("agent", counts)
                                    .object("consul", consul -> consul.text("server", "true")))
                    .textMap("Meta", profile.nodeMeta());
        });
    }

    private static void config(Json json, AgentProfile profile) {
        json.text("Datacenter", profile.datacenter())
                .text("PrimaryDatacenter", profile.datacenter())
                .text("NodeName", profile.nodeName())
                .text("NodeID", profile.nodeId())
                .text("Revision", "")
                .flag("Server", true)
                .text("Version", profile.version())
                .text("BuildDate", profile.buildDate());
    }

    private static void debug(Json json, AgentProfile profile) {
        json.flag("ConnectEnabled", profile.connectEnabled())
                .number("GRPCPort", profile.ports().grpc())
                .number("GRPCTLSPort", profile.ports().grpcTls())
                .number("HTTPPort", profile.ports().http())
                .flag("PeeringEnabled", profile.peeringEnabled())
                .text(
                        "SerfAdvertiseAddrLAN",
                        tcp(profile, profile.ports().gossip().serfLan()))
                .text(
                        "SerfAdvertiseAddrWAN",
                        tcp(profile, profile.ports().gossip().serfWan()))
                .number("ServerPort", profile.ports().gossip().server())
                .object("UIConfig", ui -> ui.flag("Enabled", profile.uiEnabled()));
    }

    private static String tcp(AgentProfile profile, int port) {
        return "tcp://" + AgentProfile.hostAndPort(profile.address(), port);
    }
}
