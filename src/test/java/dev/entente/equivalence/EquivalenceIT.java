package dev.entente.equivalence;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * One seeded script on four pairs of servers side by side: after each step all of them have to answer the same.
 *
 * <pre>
 * ./mvnw test -Dtest=EquivalenceIT -Dreference.binary=/path/to/consul     one seed
 *   -Dequivalence.seeds=20     so many, from a random one on
 *   -Dequivalence.seed=7       from this one on
 *   -Dequivalence.steps=200    operations of a script
 *   -Dequivalence.without=ui   parts left out
 * </pre>
 */
class EquivalenceIT {
    private static final int ENOUGH = 12;

    private final ExecutorService workers = Executors.newCachedThreadPool();

    private List<Pair> pairs = List.of();

    @Test
    void allPairsOfServersGiveTheSameAnswers() throws Exception {
        assumeTrue(
                Product.CONSUL.isHere(),
                "SKIPPED: nothing was compared; give a Consul binary with -Dreference.binary=/path/to/consul");
        Thread atEnd = new Thread(this::stop);
        Runtime.getRuntime().addShutdownHook(atEnd);
        try {
            List<Long> failed = new ArrayList<>();
            for (long seed : seeds()) {
                if (pairs.isEmpty()) {
                    start();
                }
                if (!agreesOn(seed)) {
                    failed.add(seed);
                    // What differs may have left something behind.
                    stop();
                }
            }
            assertTrue(
                    failed.isEmpty(), "the pairs differ with the seeds " + failed + "; what differs is printed above");
        } finally {
            stop();
            Runtime.getRuntime().removeShutdownHook(atEnd);
            workers.shutdownNow();
        }
    }

    private static List<Long> seeds() {
        long first = Long.getLong("equivalence.seed", new SplittableRandom().nextLong(1_000_000));
        return LongStream.range(first, first + Integer.getInteger("equivalence.seeds", 1))
                .boxed()
                .toList();
    }

    private void start() throws IOException {
        Path folder = Server.folder("equivalence");
        System.out.println("The servers' data and logs are in " + folder);
        Ports ports = new Ports();
        List<Pair> started = new ArrayList<>();
        for (Product importer : Product.values()) {
            for (Product exporter : Product.values()) {
                started.add(Pair.of(exporter, importer, folder, ports));
            }
        }
        pairs = List.copyOf(started);
        // One after the other: eight at once would wear out a small machine's patience with its databases.
        for (Server server : servers()) {
            server.start();
            server.awaitReady();
        }
    }

    private List<Server> servers() {
        return pairs.stream().flatMap(pair -> pair.servers().stream()).toList();
    }

    private void stop() {
        for (Server server : servers()) {
            try {
                server.stop();
            } catch (IOException e) {
                System.out.println("could not stop " + server + ": " + e.getMessage());
            }
        }
        pairs = List.of();
    }

    private boolean agreesOn(long seed) throws IOException {
        long began = System.nanoTime();
        Lockstep lockstep = new Lockstep(pairs, workers);
        Map<String, Finding> findings = new LinkedHashMap<>();
        List<Step> steps = Script.of(seed, Integer.getInteger("equivalence.steps", 200));
        int number = 0;
        for (Step step : steps) {
            number++;
            long since = System.nanoTime();
            Map<String, Finding> fresh = lockstep.take(step, findings);
            long millis = (System.nanoTime() - since) / 1_000_000;
            System.out.printf("seed %d, step %d/%d, %d ms: %s%n", seed, number, steps.size(), millis, step.text());
            fresh.values().forEach(finding -> System.out.print(finding.text()));
            findings.putAll(fresh);
            if (findings.size() >= ENOUGH) {
                System.out.println("  enough: the rest of this script is left out");
                break;
            }
        }
        System.out.printf(
                "seed %d: %d steps on %d pairs in %d s, %s%n",
                seed,
                number,
                pairs.size(),
                (System.nanoTime() - began) / 1_000_000_000,
                findings.isEmpty() ? "no difference" : findings.size() + " differences");
        if (!findings.isEmpty()) {
            System.out.println("  again: ./mvnw test -Dtest=EquivalenceIT -Dreference.binary="
                    + Product.CONSUL.command() + " -Dequivalence.seed=" + seed);
        }
        return findings.isEmpty();
    }
}
