import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load of deploy/bench: plain sockets, so that the client costs little of the machine that it shares with the servers. */
public final class Bench {
    private static final int WRITERS = 32;
    private static final int NODES = 100;
    private static final int ROUNDS = 5;
    private static final int LARGE_READERS = 4;
    private static final int SMALL_READS = 2000;
    private static final int FLIPPED = 10;
    private static final int FLIPS = 1000;
    private static final int FLIPS_PER_SECOND = 50;
    private static final int MANY_FLIPS = 50;

    private final URI east;
    private final URI west;
    private final int services;
    private final int instances;

    private Bench(String[] arguments) {
        east = URI.create(arguments[0]);
        west = URI.create(arguments[1]);
        services = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1000;
        instances = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 10;
    }

    public static void main(String[] arguments) throws Exception {
        Bench bench = new Bench(arguments);
        bench.register();
        bench.answers();
        bench.registerFlipped();
        bench.peer();
        bench.export();
        bench.flip();
        bench.flipAmongMany();
        System.exit(0);
    }

    private void register() throws Exception {
        double seconds = register(services * instances, n -> registration(n / instances, n % instances));
        int total = services * instances;
        System.out.printf("registrations: %d in %.1f s = %.0f/s%n", total, seconds, total / seconds);
    }

    private double register(int total, IntFunction<String> registration) throws Exception {
        AtomicInteger next = new AtomicInteger();
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        long began = System.nanoTime();
        for (int w = 0; w < WRITERS; w++) {
            writers.execute(() -> {
                try (Connection connection = new Connection(east)) {
                    for (int n = next.getAndIncrement(); n < total; n = next.getAndIncrement()) {
                        connection.expect("PUT", "/v1/catalog/register", registration.apply(n));
                    }
                } catch (IOException e) {
                    fail(e);
                }
            });
        }
        writers.shutdown();
        if (!writers.awaitTermination(20, TimeUnit.MINUTES)) {
            throw new IOException("registrations took longer than 20 minutes");
        }
        return (System.nanoTime() - began) / 1e9;
    }

    /**
     * As many instances once as one service and once as all services, read with a filter, so that none is answered with what was made for
     * another; then small reads beside the large ones, and flips in both. The large service goes again before anything is exported.
     */
    private void answers() throws Exception {
        int total = services * instances;
        register(total, this::largeRegistration);
        try (Connection connection = new Connection(east)) {
            readSmall(connection);
            readLarge(connection);
            double small = perInstance("small", total, () -> readSmall(connection));
            double large = perInstance("large", total, () -> readLarge(connection));
            System.out.printf("an instance in the large answer takes %.2f of one in small answers%n", large / small);
            latency("alone");
            AtomicBoolean over = new AtomicBoolean();
            List<Thread> readers = new ArrayList<>();
            for (int n = 0; n < LARGE_READERS; n++) {
                Thread reader = new Thread(() -> readOn(over));
                reader.start();
                readers.add(reader);
            }
            latency("beside " + LARGE_READERS + " readers of the large answer");
            over.set(true);
            for (Thread reader : readers) {
                reader.join();
            }
            double lone = flips(connection, "lone");
            double among = flips(connection, "large");
            System.out.printf(
                    "a flip among %d instances takes %.1f of one of a lone instance: p50 %.2f ms and %.2f ms%n",
                    total + 1, among / lone, among, lone);
            for (int n = 0; n < NODES; n++) {
                connection.expect("PUT", "/v1/catalog/deregister", "{\"Node\":\"large-" + n + "\"}");
            }
        }
    }

    /** The median, in milliseconds, of calls that change the check of an instance and return when that shows. */
    private double flips(Connection connection, String service) throws IOException {
        String id = service + "-flipped";
        connection.expect(
                "PUT",
                "/v1/agent/service/register",
                "{\"Name\":\"" + service + "\",\"ID\":\"" + id + "\",\"Port\":80,\"Check\":{\"CheckID\":\"" + id
                        + "\",\"TTL\":\"1h\",\"Status\":\"passing\"}}");
        List<Long> times = new ArrayList<>();
        for (int n = 0; n < FLIPS; n++) {
            long began = System.nanoTime();
            connection.expect("PUT", "/v1/agent/check/" + (n % 2 == 0 ? "fail" : "pass") + "/" + id, "");
            times.add(System.nanoTime() - began);
        }
        connection.expect("PUT", "/v1/agent/service/deregister/" + id, "");
        Collections.sort(times);
        return times.get(times.size() / 2) / 1e6;
    }

    /** Reads something and gives its length. */
    private interface Reading {
        long run() throws IOException;
    }

    private double perInstance(String kind, int total, Reading reading) throws IOException {
        long began = System.nanoTime();
        long bytes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            bytes += reading.run();
        }
        double micros = (System.nanoTime() - began) / 1e3 / ROUNDS / total;
        System.out.printf(
                "%s answers: %.2f us and %.0f bytes an instance, %d instances in %d answers%n",
                kind, micros, (double) bytes / ROUNDS / total, total, kind.equals("small") ? services : 1);
        return micros;
    }

    private long readSmall(Connection connection) throws IOException {
        long bytes = 0;
        for (int n = 0; n < services; n++) {
            bytes += connection.expect("GET", "/v1/health/service/svc-" + n + "?passing", "").length();
        }
        return bytes;
    }

    private long readLarge(Connection connection) throws IOException {
        return connection.expect("GET", "/v1/health/service/large?passing", "").length();
    }

    private void readOn(AtomicBoolean over) {
        try (Connection connection = new Connection(east)) {
            while (!over.get()) {
                readLarge(connection);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void latency(String beside) throws IOException {
        List<Long> times = new ArrayList<>();
        try (Connection connection = new Connection(east)) {
            for (int n = 0; n < SMALL_READS; n++) {
                long began = System.nanoTime();
                connection.expect("GET", "/v1/health/service/svc-" + n % services + "?passing", "");
                times.add(System.nanoTime() - began);
            }
        }
        Collections.sort(times);
        System.out.printf(
                "small reads %s: p50 %.2f ms, p99 %.2f ms, max %.1f ms%n",
                beside,
                times.get(times.size() / 2) / 1e6,
                times.get(times.size() * 99 / 100) / 1e6,
                times.get(times.size() - 1) / 1e6);
    }

    private String largeRegistration(int instance) {
        return registration("large-" + instance % NODES, "large", "large-" + instance);
    }

    private String registration(int service, int instance) {
        String node = "bench-" + (service * instances + instance) % NODES;
        return registration(node, "svc-" + service, "svc-" + service + "-" + instance);
    }

    private static String registration(String node, String service, String id) {
        return "{\"Node\":\"" + node + "\",\"Address\":\"10.0.0.1\",\"SkipNodeUpdate\":true,\"Service\":{\"ID\":\"" + id
                + "\",\"Service\":\"" + service + "\",\"Port\":8080,\"Tags\":[\"bench\"]},\"Check\":{\"CheckID\":\"check:" + id
                + "\",\"Name\":\"up\",\"ServiceID\":\"" + id + "\",\"Status\":\"passing\"}}";
    }

    private void registerFlipped() throws IOException {
        try (Connection connection = new Connection(east)) {
            for (int n = 0; n < FLIPPED; n++) {
                connection.expect(
                        "PUT",
                        "/v1/agent/service/register",
                        "{\"Name\":\"flip-" + n + "\",\"Port\":80,\"Check\":{\"CheckID\":\"flip-" + n
                                + "\",\"TTL\":\"1h\",\"Status\":\"passing\"}}");
            }
        }
    }

    private void peer() throws Exception {
        try (Connection a = new Connection(east);
                Connection b = new Connection(west)) {
            String token = a.expect("POST", "/v1/peering/token", "{\"PeerName\":\"bench-west\"}");
            Matcher matcher = Pattern.compile("\"PeeringToken\":\\s*\"([^\"]+)\"").matcher(token);
            if (!matcher.find()) {
                throw new IOException("no token in " + token);
            }
            b.expect(
                    "POST",
                    "/v1/peering/establish",
                    "{\"PeerName\":\"bench-east\",\"PeeringToken\":\"" + matcher.group(1) + "\"}");
            await(b, "/v1/peering/bench-east", "\"ACTIVE\"", 1);
        }
    }

    private void export() throws Exception {
        try (Connection a = new Connection(east);
                Connection b = new Connection(west)) {
            long began = System.nanoTime();
            a.expect(
                    "PUT",
                    "/v1/config",
                    "{\"Kind\":\"exported-services\",\"Name\":\"default\",\"Services\":[{\"Name\":\"*\",\"Consumers\":"
                            + "[{\"Peer\":\"bench-west\"}]}]}");
            for (int n = 0; n < services; n++) {
                await(b, "/v1/health/service/svc-" + n + "?peer=bench-east", "overall-check\",\"Name", instances);
            }
            for (int n = 0; n < FLIPPED; n++) {
                await(b, "/v1/health/service/flip-" + n + "?peer=bench-east", "overall-check\",\"Name", 1);
            }
            System.out.printf(
                    "export of %d services until all are answered: %.2f s%n", services, (System.nanoTime() - began) / 1e9);
        }
    }

    /** Each flipped service has a reader in west that always waits; a flip counts when its reader was woken with the new status. */
    private void flip() throws Exception {
        ConcurrentHashMap<Integer, Long> started = new ConcurrentHashMap<>();
        List<Long> latencies = Collections.synchronizedList(new ArrayList<>());
        for (int n = 0; n < FLIPPED; n++) {
            int number = n;
            Thread reader = new Thread(() -> follow(number, started, latencies));
            reader.setDaemon(true);
            reader.start();
        }
        // All readers have to be waiting, or what is measured is how they connect.
        Thread.sleep(1000);
        try (Connection connection = new Connection(east)) {
            long began = System.nanoTime();
            for (int i = 0; i < FLIPS; i++) {
                long due = began + i * (TimeUnit.SECONDS.toNanos(1) / FLIPS_PER_SECOND);
                long pause = due - System.nanoTime();
                if (pause > 0) {
                    TimeUnit.NANOSECONDS.sleep(pause);
                }
                int number = i % FLIPPED;
                started.put(number, System.nanoTime());
                connection.expect(
                        "PUT", "/v1/agent/check/" + (i / FLIPPED % 2 == 0 ? "fail" : "pass") + "/flip-" + number, "");
            }
        }
        // The last flips are on their way.
        Thread.sleep(2000);
        List<Long> sorted = new ArrayList<>(latencies);
        Collections.sort(sorted);
        System.out.printf(
                "check flip to woken reader at %d flips/s: %d of %d seen one by one, p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
                FLIPS_PER_SECOND,
                sorted.size(),
                FLIPS,
                sorted.get(sorted.size() / 2) / 1e6,
                sorted.get(sorted.size() * 99 / 100) / 1e6,
                sorted.get(sorted.size() - 1) / 1e6);
    }

    /** A service with as many instances as all others together; its reader in west has the whole answer when a flip counts. */
    private void flipAmongMany() throws Exception {
        int total = services * instances;
        register(total, n -> registration("many-" + n % NODES, "many", "many-" + n));
        try (Connection writer = new Connection(east);
                Connection reader = new Connection(west)) {
            writer.expect(
                    "PUT",
                    "/v1/agent/service/register",
                    "{\"Name\":\"many\",\"ID\":\"many-flipped\",\"Port\":80,\"Check\":{\"CheckID\":\"many-flipped\","
                            + "\"TTL\":\"1h\",\"Status\":\"passing\"}}");
            String path = "/v1/health/service/many?peer=bench-east";
            await(reader, path, "overall-check\",\"Name", total + 1);
            List<Long> times = new ArrayList<>();
            for (int n = 0; n < MANY_FLIPS; n++) {
                String index = reader.indexOf(path);
                CompletableFuture<Long> woken = CompletableFuture.supplyAsync(() -> {
                    try {
                        reader.indexOf(path + "&index=" + index + "&wait=60s");
                        return System.nanoTime();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                // The reader has to be waiting, or what is measured is how it asks.
                Thread.sleep(50);
                long began = System.nanoTime();
                writer.expect("PUT", "/v1/agent/check/" + (n % 2 == 0 ? "fail" : "pass") + "/many-flipped", "");
                times.add(woken.get(60, TimeUnit.SECONDS) - began);
            }
            Collections.sort(times);
            System.out.printf(
                    "check flip among %d instances to woken reader in west, with the whole answer: p50 %.1f ms, p90 %.1f ms%n",
                    total + 1, times.get(times.size() / 2) / 1e6, times.get(times.size() * 9 / 10) / 1e6);
        }
    }

    private void follow(int number, ConcurrentHashMap<Integer, Long> started, List<Long> latencies) {
        String path = "/v1/health/service/flip-" + number + "?peer=bench-east";
        try (Connection connection = new Connection(west)) {
            String index = connection.indexOf(path);
            while (true) {
                index = connection.indexOf(path + "&index=" + index + "&wait=60s");
                Long since = started.remove(number);
                if (since != null) {
                    latencies.add(System.nanoTime() - since);
                }
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private static void await(Connection connection, String path, String part, int times) throws Exception {
        for (int tries = 0; tries < 12_000; tries++) {
            if (compact(connection.expect("GET", path, "")).split(Pattern.quote(part), -1).length - 1 >= times) {
                return;
            }
            Thread.sleep(10);
        }
        throw new IOException(path + " did not answer as expected within two minutes");
    }

    /** A development server spreads its answers over lines. */
    private static String compact(String answer) {
        return answer.indexOf('\n') < 0 ? answer : answer.replaceAll("\\n\\s*", "").replace("\": ", "\":");
    }

    private static void fail(IOException e) {
        System.err.println("failed: " + e.getMessage());
        System.exit(1);
    }

    /** One kept-alive HTTP/1.1 connection. */
    private static final class Connection implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;
        private final String host;
        private String index = "0";

        Connection(URI server) throws IOException {
            socket = new Socket(server.getHost(), server.getPort());
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 65536);
            host = server.getAuthority();
        }

        String indexOf(String path) throws IOException {
            expect("GET", path, "");
            return index;
        }

        String expect(String method, String path, String body) throws IOException {
            byte[] content = body.getBytes(StandardCharsets.UTF_8);
            String head = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: " + content.length + "\r\n\r\n";
            byte[] all = new byte[head.length() + content.length];
            System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, all, 0, head.length());
            System.arraycopy(content, 0, all, head.length(), content.length);
            socket.getOutputStream().write(all);
            String status = line();
            String answer = readBody();
            if (!status.contains(" 200")) {
                throw new IOException(method + " " + path + " answered " + status + " " + answer);
            }
            return answer;
        }

        private String readBody() throws IOException {
            int length = 0;
            boolean chunked = false;
            for (String header = line(); !header.isEmpty(); header = line()) {
                String lower = header.toLowerCase(java.util.Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(header.substring(15).trim());
                } else if (lower.startsWith("transfer-encoding:")) {
                    chunked = lower.contains("chunked");
                } else if (lower.startsWith("x-consul-index:")) {
                    index = header.substring(15).trim();
                }
            }
            if (!chunked) {
                return new String(in.readNBytes(length), StandardCharsets.UTF_8);
            }
            StringBuilder text = new StringBuilder();
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                text.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
                line();
            }
            line();
            return text.toString();
        }

        private String line() throws IOException {
            StringBuilder text = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("the server closed the connection");
                }
                if (c != '\r') {
                    text.append((char) c);
                }
            }
            return text.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
