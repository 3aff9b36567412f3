package dev.entente.rest.json;

import java.util.Collections;
import java.util.Map;

/** {@code /v1/agent/self} (protocol chapter 6.8). */
public final class SelfJson {
    private static final int DIMENSIONS = 8;
    private static final double UNCERTAIN = 1.5;
    private static final double NO_HEIGHT = 0.00001;

    private SelfJson() {}

    public static byte[] write(AgentProfile profile, MemberJson.Member self, Map<String, String> counts) {
        return Json.object(json -> {
            json.object("Config", config -> config(config, profile))
                    .object("DebugConfig", debug -> debug(debug, profile))
                    .object("Coord", SelfJson::coordinate)
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
                .object("UIConfig", ui -> ui.flag("Enabled", profile.uiEnabled()));
    }

    /** The coordinate of a node that never measured a distance. */
    private static void coordinate(Json json) {
        json.free("Vec", Collections.nCopies(DIMENSIONS, 0L))
                .free("Error", UNCERTAIN)
                .number("Adjustment", 0)
                .free("Height", NO_HEIGHT);
    }
}
