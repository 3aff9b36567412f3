import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tour: starts two clusters, the first of two replicas, and does the main job with plain HTTP calls that anyone can repeat. */
public final class Demo {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final List<Process> agents = new ArrayList<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Path root;
    private final Path work;
    private final long started = System.currentTimeMillis() - 1000;
    private int step;

    private Demo(Path root) {
        this.root = root;
        this.work = root.resolve("target/demo");
    }

    public static void main(String[] arguments) throws Exception {
        boolean once = List.of(arguments).contains("--once");
        Demo demo = new Demo(Path.of(arguments[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(demo::stopAgents));
        try {
            demo.run();
        } catch (DemoFailed e) {
            System.err.println("\nThe demo failed: " + e.getMessage());
            demo.showLogs();
            System.exit(1);
        }
        if (!once) {
            System.out.println("\nThe clusters keep running for you to try things. Ctrl-C ends them.");
            Thread.currentThread().join();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        clearLeftovers();
        Files.createDirectories(work);
        HttpServer backend = startBackend();
        String health = "http://127.0.0.1:" + backend.getAddress().getPort() + "/health/";

        title("Two clusters: east with two replicas on one pair of stores, and west");
        Agent east1 = start("east-1", "east", 18500, Map.of());
        Agent east2 = start("east-2", "east", 18510, storesOf("east-1"));
        Agent west = start("west-1", "west", 18520, Map.of());
        awaitReady(east1);
        awaitReady(east2);
        awaitReady(west);

        title("Two instances of web in east, each with an HTTP check every 200 ms");
        for (int n = 1; n <= 2; n++) {
            east1.put(
                    "/v1/agent/service/register",
                    "{\"Name\":\"web\",\"ID\":\"web-" + n + "\",\"Address\":\"127.0.0.1\",\"Port\":" + (8080 + n)
                            + ",\"Check\":{\"HTTP\":\"" + health + "web-" + n
                            + "\",\"Interval\":\"200ms\",\"Timeout\":\"1s\"}}");
        }
        await("both instances pass, read on the other replica", east2, "/v1/health/service/web?passing", body ->
                count(body, "\"ServiceID\":\"web-") >= 2 && body.contains("web-1") && body.contains("web-2"));

        title("Peer: a single-use token from one replica of east, established in west");
        east1.put(
                "/v1/config",
                "{\"Kind\":\"exported-services\",\"Name\":\"default\","
                        + "\"Services\":[{\"Name\":\"web\",\"Consumers\":[{\"Peer\":\"west\"}]}]}");
        String token = field(east2.post("/v1/peering/token", "{\"PeerName\":\"west\"}"), "PeeringToken");
        west.post("/v1/peering/establish", "{\"PeerName\":\"east\",\"PeeringToken\":\"" + token + "\"}");
        await("the peering is active in west", west, "/v1/peering/east", active());
        await("and in east, on either replica", east1, "/v1/peering/west", active());
        await("", east2, "/v1/peering/west", active());

        title("The exported service, read in west");
        String seen = await("web of east is here", west, "/v1/health/service/web?peer=east&passing", body ->
                body.contains("web-1") && body.contains("web-2"));
        System.out.println("    " + abbreviated(seen));

        title("An instance fails in east: how long until a waiting reader in west hears?");
        flip(east1, west);

        title("Who may call: an intention that names the peer");
        intention(east1, west);

        title("Part: west deletes the peering");
        west.delete("/v1/peering/east");
        await("east is told", east2, "/v1/peering/west", body -> body.contains("\"State\":\"TERMINATED\""));
        await("nothing of east is left in west", west, "/v1/health/service/web?peer=east", "[]"::equals);
        await("", west, "/v1/catalog/nodes?peer=east", "[]"::equals);
        await("no peering either", west, "/v1/peerings", "[]"::equals);
        east1.delete("/v1/peering/west");
        await("nor in east", east2, "/v1/peerings", "[]"::equals);
        System.out.println("\nDone: peered, exported, read, flipped, authorised, deleted.");
    }

    private void flip(Agent east, Agent west) throws Exception {
        String read = "/v1/health/service/web?peer=east&passing";
        HttpResponse<String> now = west.send("GET", read, null);
        String index = now.headers().firstValue("X-Consul-Index").orElse("0");
        CompletableFuture<Long> heard = west.waiting(read + "&index=" + index + "&wait=30s");
        HttpResponse<String> local = east.send("GET", "/v1/health/service/web?passing", null);
        String localIndex = local.headers().firstValue("X-Consul-Index").orElse("0");
        CompletableFuture<Long> noticed =
                east.waiting("/v1/health/service/web?passing&index=" + localIndex + "&wait=30s");
        // Both readers have to be waiting, or what is measured is how they connect.
        Thread.sleep(300);
        failing.add("web-2");
        long began = System.nanoTime();
        long eastAt = noticed.get(30, TimeUnit.SECONDS);
        long westAt = heard.get(30, TimeUnit.SECONDS);
        System.out.printf("    web-2 began to answer 503; east's check noticed after %d ms,%n", millis(eastAt - began));
        System.out.printf("    the waiting reader in west had it %d ms after east's own reader%n", millis(westAt - eastAt));
        await("one instance passes in west", west, read, body -> body.contains("web-1") && !body.contains("\"web-2\""));
    }

    private void intention(Agent east, Agent west) throws Exception {
        east.put(
                "/v1/config",
                "{\"Kind\":\"service-intentions\",\"Name\":\"web\",\"Sources\":["
                        + "{\"Name\":\"shop\",\"Peer\":\"west\",\"Action\":\"allow\"},{\"Name\":\"*\",\"Peer\":\"west\",\"Action\":\"deny\"}]}");
        String trustDomain = field(west.get("/v1/connect/ca/roots"), "TrustDomain");
        for (String caller : List.of("shop", "thief")) {
            String answer = east.post(
                    "/v1/agent/connect/authorize",
                    "{\"Target\":\"web\",\"ClientCertURI\":\"spiffe://" + trustDomain + "/ns/default/dc/west/svc/"
                            + caller + "\",\"ClientCertSerial\":\"0\"}");
            boolean expected = caller.equals("shop");
            if (!answer.contains("\"Authorized\":" + expected)) {
                throw new DemoFailed("authorising " + caller + " of west answered " + answer);
            }
        }
    }

    // ---- agents -------------------------------------------------------------------------------------------------------------------

    /** A running agent and how to call it. */
    private final class Agent {
        private final String name;
        private final String url;
        private final Process process;

        Agent(String name, int port, Process process) {
            this.name = name;
            this.url = "http://127.0.0.1:" + port;
            this.process = process;
        }

        String put(String path, String body) throws Exception {
            return call("PUT", path, body);
        }

        String post(String path, String body) throws Exception {
            return call("POST", path, body);
        }

        String get(String path) throws Exception {
            return call("GET", path, null);
        }

        String delete(String path) throws Exception {
            return call("DELETE", path, null);
        }

        private String call(String method, String path, String body) throws Exception {
            System.out.println("  $ curl -s " + (method.equals("GET") ? "" : "-X " + method + " ") + "'" + url + path + "'"
                    + (body == null ? "" : " -d '" + abbreviated(body) + "'"));
            HttpResponse<String> answer = send(method, path, body);
            System.out.println("    " + answer.statusCode() + " " + abbreviated(answer.body()));
            if (answer.statusCode() != 200) {
                throw new DemoFailed(method + " " + url + path + " answered " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        }

        HttpResponse<String> send(String method, String path, String body) throws Exception {
            return http.send(request(method, path, body), HttpResponse.BodyHandlers.ofString());
        }

        /** The time at which a blocking query comes back. */
        CompletableFuture<Long> waiting(String path) {
            System.out.println("  $ curl -s '" + url + path + "'      # waits");
            return http.sendAsync(request("GET", path, null), HttpResponse.BodyHandlers.ofString())
                    .thenApply(answer -> System.nanoTime());
        }

        private HttpRequest request(String method, String path, String body) {
            HttpRequest.BodyPublisher content = body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body);
            return HttpRequest.newBuilder(URI.create(url + path))
                    .timeout(Duration.ofSeconds(40))
                    .method(method, content)
                    .build();
        }
    }

    private Agent start(String node, String datacenter, int preferredPort, Map<String, String> environment)
            throws Exception {
        int port = freePorts(preferredPort);
        List<String> command = List.of(
                root.resolve("deploy/entente").toString(),
                "agent",
                "-node=" + node,
                "-datacenter=" + datacenter,
                "-bind=127.0.0.1",
                "-data-dir=" + work.resolve("data/" + node),
                "-http-port=" + port,
                "-grpc-port=" + (port + 2),
                "-grpc-tls-port=" + (port + 3));
        System.out.println("  $ deploy/entente " + String.join(" ", command.subList(1, command.size())));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve(node + ".log").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        agents.add(process);
        return new Agent(node, port, process);
    }

    private void awaitReady(Agent agent) throws Exception {
        long began = System.nanoTime();
        while (System.nanoTime() - began < TimeUnit.SECONDS.toNanos(60)) {
            if (!agent.process.isAlive()) {
                throw new DemoFailed(agent.name + " ended while starting:\n" + tail(work.resolve(agent.name + ".log")));
            }
            try {
                HttpResponse<String> leader = agent.send("GET", "/v1/status/leader", null);
                if (leader.statusCode() == 200 && leader.body().length() > 4) {
                    System.out.println("    " + agent.name + " is ready at " + agent.url);
                    return;
                }
            } catch (IOException notYet) {
                // Not listening yet: asked again below.
            }
            Thread.sleep(50);
        }
        throw new DemoFailed(agent.name + " was not ready within 60 s:\n" + tail(work.resolve(agent.name + ".log")));
    }

    private void stopAgents() {
        agents.forEach(Process::destroy);
        for (Process agent : agents) {
            try {
                if (!agent.waitFor(10, TimeUnit.SECONDS)) {
                    agent.destroyForcibly();
                }
            } catch (InterruptedException e) {
                agent.destroyForcibly();
            }
        }
    }

    /** Where the private stores of an agent are: it writes that down for other replicas on the machine, once they run. */
    private Map<String, String> storesOf(String node) throws Exception {
        Path file = work.resolve("data/" + node + "/stores/stores.env");
        long began = System.nanoTime();
        while (!Files.exists(file) || Files.getLastModifiedTime(file).toMillis() < started) {
            if (System.nanoTime() - began > TimeUnit.SECONDS.toNanos(60)) {
                throw new DemoFailed(node + " did not start its stores:\n" + tail(work.resolve(node + ".log")));
            }
            Thread.sleep(20);
        }
        System.out.println("    (east-2 gets the stores of east-1 from " + root.relativize(file) + ")");
        Map<String, String> environment = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            int equals = line.indexOf('=');
            environment.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return environment;
    }

    /** A demo that was killed leaves agents and their stores behind: all of them carry the demo's folder in their command lines. */
    private void clearLeftovers() throws Exception {
        for (long tries = 0; tries < 100; tries++) {
            List<ProcessHandle> leftovers = ProcessHandle.allProcesses()
                    .filter(process -> process.pid() != ProcessHandle.current().pid())
                    .filter(process -> process.info().commandLine().orElse("").contains(work + "/data/"))
                    .toList();
            if (leftovers.isEmpty()) {
                break;
            }
            boolean patient = tries < 80;
            leftovers.forEach(patient ? ProcessHandle::destroy : ProcessHandle::destroyForcibly);
            Thread.sleep(100);
        }
        if (Files.exists(work)) {
            try (Stream<Path> files = Files.walk(work)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static int freePorts(int preferred) throws IOException {
        for (int port = preferred; port < preferred + 2000; port += 100) {
            if (isFree(port) && isFree(port + 2) && isFree(port + 3)) {
                return port;
            }
        }
        throw new IOException("no free ports above " + preferred);
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    // ---- the backend of the services ----------------------------------------------------------------------------------------------

    private HttpServer startBackend() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/health/", exchange -> {
            String instance = exchange.getRequestURI().getPath().substring("/health/".length());
            boolean broken = failing.contains(instance);
            byte[] text = (broken ? "broken" : "fine").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(broken ? 503 : 200, text.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(text);
            }
        });
        server.start();
        return server;
    }

    // ---- words --------------------------------------------------------------------------------------------------------------------

    private void title(String text) {
        step++;
        System.out.println("\n" + step + ". " + text);
    }

    private String await(String what, Agent agent, String path, Predicate<String> fits) throws Exception {
        System.out.println("  $ curl -s '" + agent.url + path + "'");
        long began = System.nanoTime();
        String last = "";
        boolean dots = false;
        while (System.nanoTime() - began < PATIENCE.toNanos()) {
            HttpResponse<String> answer = agent.send("GET", path, null);
            last = answer.statusCode() + " " + answer.body();
            if (answer.statusCode() == 200 && fits.test(answer.body())) {
                System.out.println((dots ? "\n" : "") + "    " + (what.isEmpty() ? "the same" : what) + " ("
                        + millis(System.nanoTime() - began) + " ms)");
                return answer.body();
            }
            if (System.nanoTime() - began > TimeUnit.SECONDS.toNanos(1)) {
                System.out.print(dots ? "." : "    waiting .");
                System.out.flush();
                dots = true;
            }
            Thread.sleep(dots ? 250 : 5);
        }
        throw new DemoFailed("waited " + PATIENCE.toSeconds() + " s in vain for: " + what + "; the last answer of " + path
                + " was " + last);
    }

    private static Predicate<String> active() {
        return body -> body.contains("\"State\":\"ACTIVE\"");
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static String field(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
        if (!matcher.find()) {
            throw new DemoFailed("no " + name + " in " + json);
        }
        return matcher.group(1);
    }

    private static String abbreviated(String text) {
        return text.length() <= 240 ? text : text.substring(0, 240) + " …";
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    /** Where nothing of the run is kept, what the agents said last is needed here. */
    private void showLogs() throws IOException {
        System.err.println("What the agents said is in " + work + "/*.log, and at the end it was:");
        try (Stream<Path> files = Files.list(work)) {
            for (Path log : files.filter(file -> file.toString().endsWith(".log")).sorted().toList()) {
                System.err.println("== " + log.getFileName() + "\n" + tail(log));
            }
        }
    }

    private static String tail(Path file) throws IOException {
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    /** A step did not do what it should. */
    private static final class DemoFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DemoFailed(String message) {
            super(message);
        }
    }
}
