package dev.entente.equivalence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The load of one pair: services on both sides, exported to each other, whose checks flip one after the other. */
final class Flips {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SERVICES = 10;
    private static final int INSTANCES = 3;

    private final Pair pair;
    private final SplittableRandom random = new SplittableRandom(1);
    private long done;
    private long missed;

    Flips(Pair pair) {
        this.pair = pair;
    }

    void begin() throws IOException {
        for (Server server : pair.servers()) {
            for (int n = 0; n < SERVICES * INSTANCES; n++) {
                expect(server, "PUT", "/v1/catalog/register", registration(n, "passing", true));
            }
            String exports =
                    "{\"Kind\":\"exported-services\",\"Name\":\"default\",\"Services\":[{\"Name\":\"*\",\"Consumers\":[{\"Peer\":\""
                            + server.side().peer() + "\"}]}]}";
            expect(server, "PUT", "/v1/config", exports);
        }
        String token = expect(pair.a(), "POST", "/v1/peering/token", "{\"PeerName\":\"" + Side.A.peer() + "\"}")
                .text("PeeringToken");
        expect(
                pair.b(),
                "POST",
                "/v1/peering/establish",
                "{\"PeerName\":\"" + Side.B.peer() + "\",\"PeeringToken\":\"" + token + "\"}");
    }

    private static Answer expect(Server server, String method, String path, String body) throws IOException {
        Answer answer = server.call(method, path, body);
        if (!answer.isOk()) {
            throw new IOException(
                    server + " answered " + answer.status() + " " + answer.body() + " to " + method + " " + path);
        }
        return answer;
    }

    /** One flip on one side, now and then a registration or its end. A side that is being restarted misses it. */
    void flip(Side side) {
        int instance = random.nextInt(SERVICES * INSTANCES);
        String status = List.of("passing", "critical", "warning").get(random.nextInt(3));
        try {
            if (random.nextInt(50) == 0) {
                String gone = "{\"Node\":\"" + node(instance) + "\",\"ServiceID\":\"" + id(instance) + "\"}";
                expect(pair.on(side), "PUT", "/v1/catalog/deregister", gone);
            }
            expect(pair.on(side), "PUT", "/v1/catalog/register", registration(instance, status, true));
            done++;
        } catch (IOException restarting) {
            missed++;
        }
    }

    private static String registration(int instance, String status, boolean skip) {
        ObjectNode body = JSON.createObjectNode()
                .put("Node", node(instance))
                .put("Address", "10.0.1." + instance)
                .put("SkipNodeUpdate", skip);
        body.putObject("Service")
                .put("ID", id(instance))
                .put("Service", service(instance))
                .put("Port", 8000 + instance);
        body.putObject("Check")
                .put("CheckID", "check:" + id(instance))
                .put("Name", "up")
                .put("ServiceID", id(instance))
                .put("Status", status);
        return body.toString();
    }

    private static String service(int instance) {
        return "svc-" + instance / INSTANCES;
    }

    private static String id(int instance) {
        return "svc-" + instance / INSTANCES + "-" + instance % INSTANCES;
    }

    private static String node(int instance) {
        return "rack-" + instance % 7;
    }

    /** What is lost or stale on either side, if anything: imports are held against the exporter's own catalog. */
    Optional<String> lacks() throws IOException {
        for (Server reader : pair.servers()) {
            Server exporter = pair.on(reader.side().other());
            String state = JSON.readTree(
                            reader.get(Reads.peering(reader.side())).body())
                    .path("State")
                    .asText();
            if (!state.equals("ACTIVE")) {
                return Optional.of(reader + " sees the peering as " + state);
            }
            for (int n = 0; n < SERVICES; n++) {
                String service = "svc-" + n;
                List<String> own = Quiet.ownInstances(list(exporter, Reads.local(service)));
                List<String> imported = Quiet.importedInstances(list(reader, Reads.imported(service, reader.side())));
                if (!own.equals(imported)) {
                    return Optional.of(reader + " has imported of " + service + " " + imported + " in place of " + own);
                }
            }
        }
        return Optional.empty();
    }

    private static JsonNode list(Server server, String path) throws IOException {
        Answer answer = server.get(path);
        return answer.isOk() ? Normal.of(JSON.readTree(answer.body())) : JSON.createArrayNode();
    }

    Pair pair() {
        return pair;
    }

    String count() {
        return pair.name() + " " + done + " flips" + (missed == 0 ? "" : " (" + missed + " while a side was away)");
    }

    /** All servers of the given flips that are of one product. */
    static List<Server> servers(List<Flips> all, Product product) {
        List<Server> servers = new ArrayList<>();
        all.forEach(flips -> flips.pair.servers().stream()
                .filter(server -> server.product() == product)
                .forEach(servers::add));
        return servers;
    }
}
