package dev.entente.equivalence;

import java.util.ArrayList;
import java.util.List;

/** What each side is asked after each step. */
final class Reads {
    /** All names of services that a script uses; {@link #GHOST} never has an instance. */
    static final List<String> SERVICES = List.of("web", "api", "db", "shop", "cart", "ghost");

    static final String GHOST = "ghost";

    private Reads() {}

    static List<String> of(Side side) {
        List<String> paths = new ArrayList<>(ofQuiet(side));
        paths.addAll(others(side));
        return paths;
    }

    /** What tells whether a pair has come to rest. */
    static List<String> ofQuiet(Side side) {
        List<String> paths = new ArrayList<>(List.of(peering(side)));
        for (String service : SERVICES) {
            paths.add(local(service));
            paths.add(imported(service, side));
        }
        return paths;
    }

    /** All the rest, which is not asked for before then. */
    static List<String> others(Side side) {
        String peer = "?peer=" + side.peer();
        List<String> paths = new ArrayList<>();
        for (String service : SERVICES) {
            paths.add("/v1/health/connect/" + service + peer);
            paths.add("/v1/catalog/service/" + service + peer);
        }
        paths.add("/v1/catalog/services");
        paths.add("/v1/catalog/services" + peer);
        paths.add("/v1/catalog/nodes" + peer);
        paths.add("/v1/peerings");
        paths.add("/v1/config/exported-services");
        paths.add("/v1/config/service-intentions");
        paths.add("/v1/connect/intentions/match?by=destination&name=web");
        paths.add("/v1/agent/checks");
        paths.add("/v1/agent/services");
        if (Part.CONFIG.isOn()) {
            paths.add("/v1/config/service-resolver");
            paths.add("/v1/config/service-defaults");
        }
        if (Part.UI.isOn()) {
            paths.add("/v1/internal/ui/services" + peer);
            paths.add("/v1/internal/ui/services");
            paths.add("/v1/internal/ui/exported-services" + peer);
            paths.add("/v1/internal/ui/nodes");
            paths.add("/v1/internal/ui/node/" + side.other().node() + peer);
        }
        return paths;
    }

    static String local(String service) {
        return "/v1/health/service/" + service;
    }

    static String imported(String service, Side reader) {
        return "/v1/health/service/" + service + "?peer=" + reader.peer();
    }

    static String peering(Side side) {
        return "/v1/peering/" + side.peer();
    }
}
