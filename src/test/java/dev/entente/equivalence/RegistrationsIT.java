package dev.entente.equivalence;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * One seeded script of registrations, right and wrong ones, on one server of each product: each answer, and all that can be read
 * afterwards, has to be the same.
 *
 * <pre>
 * ./mvnw test -Dtest=RegistrationsIT -Dreference.binary=/path/to/consul
 *   -Dequivalence.seed=7       this script; else a random one
 *   -Dequivalence.steps=500    requests of the script
 * </pre>
 */
class RegistrationsIT {
    /** How long what an agent has been told may take to show in the catalog. */
    private static final Duration SHOWN = Duration.ofSeconds(5);

    private static final int ENOUGH = 12;

    @Test
    void bothProductsTakeAndRefuseTheSameAndShowItAlike() throws Exception {
        assumeTrue(
                Product.CONSUL.isHere(),
                "SKIPPED: nothing was compared; give a Consul binary with -Dreference.binary=/path/to/consul");
        long seed = Long.getLong("equivalence.seed", new SplittableRandom().nextLong(1_000_000));
        Path folder = Server.folder("registrations");
        Ports ports = new Ports();
        Server consul = new Server(Product.CONSUL, Side.A, folder.resolve("consul"), ports);
        Server entente = new Server(Product.ENTENTE, Side.A, folder.resolve("entente"), ports);
        Thread atEnd = new Thread(() -> stop(consul, entente));
        Runtime.getRuntime().addShutdownHook(atEnd);
        try {
            for (Server server : List.of(consul, entente)) {
                server.start();
                server.awaitReady();
            }
            List<String> differences = compare(seed, consul, entente);
            System.out.printf("seed %d: %d differences%n", seed, differences.size());
            assertTrue(differences.isEmpty(), () -> "seed " + seed + ":\n" + String.join("\n", differences));
        } finally {
            stop(consul, entente);
            Runtime.getRuntime().removeShutdownHook(atEnd);
        }
    }

    private static List<String> compare(long seed, Server consul, Server entente) throws IOException {
        Registrations script = new Registrations(seed);
        List<String> differences = new ArrayList<>();
        Set<String> alike = new LinkedHashSet<>(Registrations.READS);
        int steps = Integer.getInteger("equivalence.steps", 500);
        for (int step = 1; step <= steps && differences.size() < ENOUGH; step++) {
            Registrations.Request request = script.next();
            int before = differences.size();
            note(differences, "the answer", answer(consul, request), answer(entente, request));
            // What differs once is told, and not looked at again.
            alike.removeIf(path -> !isAlike(differences, path, consul, entente));
            if (differences.size() > before) {
                System.out.printf("step %d: %s%n", step, request);
                differences.subList(before, differences.size()).forEach(System.out::println);
            }
        }
        return differences;
    }

    private static JsonNode answer(Server server, Registrations.Request request) throws IOException {
        return Normal.of(server.call(request.method(), request.path(), request.body()));
    }

    private static boolean isAlike(List<String> differences, String path, Server consul, Server entente) {
        try {
            return note(differences, path, consul, entente);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean note(List<String> differences, String path, Server consul, Server entente)
            throws IOException {
        long end = System.nanoTime() + SHOWN.toNanos();
        JsonNode wanted = read(consul, path);
        JsonNode shown = read(entente, path);
        while (!wanted.equals(shown) && System.nanoTime() < end) {
            Pause.millis(50);
            wanted = read(consul, path);
            shown = read(entente, path);
        }
        return note(differences, path, wanted, shown);
    }

    /** The tags of all instances together have no order in Consul, nor have instances when some that do not pass are left out. */
    private static JsonNode read(Server server, String path) throws IOException {
        JsonNode answer = Normal.of(server.get(path));
        return path.equals("/v1/catalog/services") || path.endsWith("?passing") ? Normal.sorted(answer) : answer;
    }

    private static boolean note(List<String> differences, String what, JsonNode wanted, JsonNode shown) {
        List<Difference> between = Difference.between(wanted, shown);
        between.forEach(each -> differences.add("  " + what + " " + each));
        return between.isEmpty();
    }

    private static void stop(Server... servers) {
        for (Server server : servers) {
            try {
                server.stop();
            } catch (IOException e) {
                System.out.println("could not stop " + server + ": " + e.getMessage());
            }
        }
    }
}
