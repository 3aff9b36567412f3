package dev.entente.equivalence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Whether a pair has come to rest after a step: both sides see the peering as the script does, and what a side imported is
 * what the other one's own catalog holds of its exports. So a pair is held against itself before it is held against others.
 */
final class Quiet {
    private Quiet() {}

    /** What is still missing, if anything. */
    static Optional<String> lacks(Expected expected, Snapshot a, Snapshot b) {
        for (Snapshot reader : List.of(a, b)) {
            Snapshot exporter = reader.side() == Side.A ? b : a;
            Optional<String> lacking = peering(expected, reader).or(() -> imports(expected, exporter, reader));
            if (lacking.isPresent()) {
                return lacking;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> peering(Expected expected, Snapshot side) {
        String path = Reads.peering(side.side());
        String state = side.status(path) == 404
                ? Expected.Peered.NONE.name()
                : side.body(path).path("State").asText();
        String wanted = expected.at(side.side()).name();
        return state.equals(wanted)
                ? Optional.empty()
                : Optional.of(side.side() + " has the peering in state " + state + " in place of " + wanted);
    }

    private static Optional<String> imports(Expected expected, Snapshot exporter, Snapshot reader) {
        for (String service : Reads.SERVICES) {
            boolean crosses =
                    expected.isConnected() && expected.from(exporter.side()).has(service);
            List<String> wanted = crosses ? ownInstances(exporter.body(Reads.local(service))) : List.of();
            List<String> seen = importedInstances(reader.body(Reads.imported(service, reader.side())));
            if (!wanted.equals(seen)) {
                return Optional.of(reader.side() + " has imported of " + service + "\n    " + seen
                        + "\n  in place of\n    " + wanted);
            }
        }
        return Optional.empty();
    }

    static List<String> ownInstances(JsonNode instances) {
        List<String> result = new ArrayList<>();
        for (JsonNode instance : instances) {
            if (instance.path("Service").path("Kind").asText().isEmpty()) {
                result.add(told(instance) + " " + worst(instance.path("Checks")));
            }
        }
        return result;
    }

    static List<String> importedInstances(JsonNode instances) {
        List<String> result = new ArrayList<>();
        for (JsonNode instance : instances) {
            JsonNode checks = instance.path("Checks");
            result.add(told(instance) + " "
                    + (checks.isEmpty()
                            ? "unchecked"
                            : checks.path(0).path("Status").asText()));
        }
        return result;
    }

    private static String told(JsonNode instance) {
        JsonNode node = instance.path("Node");
        JsonNode service = instance.path("Service");
        return String.join(
                " ",
                node.path("Node").asText(),
                node.path("Address").asText(),
                node.path("Meta").toString(),
                service.path("ID").asText(),
                service.path("Tags").toString(),
                service.path("Meta").toString(),
                service.path("Port").asText(),
                service.path("Weights").toString());
    }

    private static String worst(JsonNode checks) {
        TreeSet<String> statuses = new TreeSet<>();
        checks.forEach(check -> statuses.add(check.path("Status").asText()));
        if (statuses.isEmpty()) {
            return "unchecked";
        }
        // "critical" stands before "passing", and that before "warning".
        return statuses.contains("critical") ? "critical" : statuses.last();
    }
}
