package dev.entente.equivalence;

import dev.entente.equivalence.Action.Call;
import java.util.ArrayList;
import java.util.List;

/** What has to be undone for a side to be as it was in the beginning. */
final class Clearing {
    private Clearing() {}

    static List<Call> of(Cluster cluster) {
        List<Call> calls = new ArrayList<>();
        calls.add(delete(cluster, "exported-services", "default"));
        cluster.intentions.forEach(name -> calls.add(delete(cluster, "service-intentions", name)));
        cluster.resolvers.forEach(name -> calls.add(delete(cluster, "service-resolver", name)));
        cluster.defaults.forEach(name -> calls.add(delete(cluster, "service-defaults", name)));
        cluster.instances.stream()
                .filter(instance -> instance.agents)
                .forEach(instance -> calls.add(put(cluster, "/v1/agent/service/deregister/" + instance.id, "")));
        cluster.nodes
                .keySet()
                .forEach(node -> calls.add(put(cluster, "/v1/catalog/deregister", "{\"Node\":\"" + node + "\"}")));
        if (cluster.inMaintenance) {
            calls.add(put(cluster, "/v1/agent/maintenance?enable=false", ""));
        }
        return calls;
    }

    private static Call delete(Cluster cluster, String kind, String name) {
        return new Call(cluster.side, "DELETE", "/v1/config/" + kind + "/" + name, null);
    }

    private static Call put(Cluster cluster, String path, String body) {
        return new Call(cluster.side, "PUT", path, body);
    }
}
