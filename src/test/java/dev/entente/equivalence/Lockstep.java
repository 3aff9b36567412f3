package dev.entente.equivalence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Does each step on all pairs at the same time and waits until all of them are quiet and equal, or cannot become so. */
final class Lockstep {
    /** What stands for a read where the answers to a step's own requests are compared. */
    static final String STEP = "the step itself";

    private static final Duration REST = Duration.ofSeconds(Integer.getInteger("equivalence.rest", 180));
    private static final Duration EQUAL = Duration.ofSeconds(12);

    private final List<Pair> pairs;
    private final ExecutorService workers;

    Lockstep(List<Pair> pairs, ExecutorService workers) {
        this.pairs = pairs;
        this.workers = workers;
    }

    /** The findings of one step, none when all pairs agree. Those already known are not waited for. */
    Map<String, Finding> take(Step step, Map<String, Finding> known) throws IOException {
        Map<String, Finding> found = new LinkedHashMap<>();
        compareAnswers(step, everywhere(pair -> () -> step.action().on(pair)))
                .forEach(finding -> found.put(finding.key(), finding));
        rest(step, known).forEach(finding -> found.put(finding.key(), finding));
        found.keySet().removeAll(known.keySet());
        return found;
    }

    private List<Finding> rest(Step step, Map<String, Finding> known) throws IOException {
        long began = System.nanoTime();
        long restedAt = 0;
        while (true) {
            Map<Pair, List<Snapshot>> seen = look();
            List<Finding> unrest = unrest(step, seen);
            List<Finding> findings = unrest.isEmpty() ? compareReads(lookFurther(seen)) : unrest;
            if (findings.stream().allMatch(finding -> known.containsKey(finding.key()))) {
                return List.of();
            }
            long now = System.nanoTime();
            if (!unrest.isEmpty()) {
                restedAt = 0;
            } else if (restedAt == 0) {
                restedAt = now;
            }
            boolean tired = now - began > REST.toNanos();
            boolean stayDifferent = restedAt != 0 && now - restedAt > EQUAL.toNanos();
            if (tired || stayDifferent) {
                return findings;
            }
            Pause.millis(30);
        }
    }

    private List<Finding> unrest(Step step, Map<Pair, List<Snapshot>> seen) {
        List<Finding> findings = new ArrayList<>();
        seen.forEach((pair, sides) -> Quiet.lacks(step.expected(), sides.get(0), sides.get(1))
                .ifPresent(lacking -> findings.add(Finding.unrest(pair, lacking))));
        return findings;
    }

    private Map<Pair, List<Snapshot>> look() throws IOException {
        return everywhere(pair -> () ->
                List.of(Snapshot.of(pair.a(), Reads.ofQuiet(Side.A)), Snapshot.of(pair.b(), Reads.ofQuiet(Side.B))));
    }

    private Map<Pair, List<Snapshot>> lookFurther(Map<Pair, List<Snapshot>> seen) throws IOException {
        return everywhere(pair -> () -> {
            List<Snapshot> sides = seen.getOrDefault(pair, List.of());
            return List.of(sides.get(0).and(Reads.others(Side.A)), sides.get(1).and(Reads.others(Side.B)));
        });
    }

    private List<Finding> compareReads(Map<Pair, List<Snapshot>> seen) {
        List<Finding> findings = new ArrayList<>();
        for (Side side : Side.values()) {
            for (String read : Reads.of(side)) {
                Map<Pair, JsonNode> answers = new LinkedHashMap<>();
                seen.forEach((pair, sides) -> answers.put(
                        pair, sides.get(side == Side.A ? 0 : 1).answers().get(read)));
                compare(side, read, answers).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private List<Finding> compareAnswers(Step step, Map<Pair, List<Answer>> answers) {
        Map<Pair, JsonNode> normal = new LinkedHashMap<>();
        answers.forEach((pair, list) -> {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            list.forEach(answer -> array.add(Normal.of(answer)));
            normal.put(pair, array);
        });
        Side side = step.text().startsWith("B") ? Side.B : Side.A;
        return compare(side, STEP, normal).stream().toList();
    }

    /** The first two pairs that differ. */
    private Optional<Finding> compare(Side side, String read, Map<Pair, JsonNode> answers) {
        for (int i = 0; i < pairs.size(); i++) {
            for (int j = i + 1; j < pairs.size(); j++) {
                Pair left = pairs.get(i);
                Pair right = pairs.get(j);
                List<Difference> differences = Difference.between(node(answers, left), node(answers, right)).stream()
                        .filter(difference -> !Accepted.covers(left, right, side, read, difference))
                        .toList();
                if (!differences.isEmpty()) {
                    return Optional.of(Finding.difference(left, right, side, read, differences));
                }
            }
        }
        return Optional.empty();
    }

    private static JsonNode node(Map<Pair, JsonNode> answers, Pair pair) {
        return answers.getOrDefault(pair, MissingNode.getInstance());
    }

    private interface Work<T> {
        Callable<T> of(Pair pair);
    }

    private <T> Map<Pair, T> everywhere(Work<T> work) throws IOException {
        Map<Pair, Future<T>> futures = new LinkedHashMap<>();
        pairs.forEach(pair -> futures.put(pair, workers.submit(work.of(pair))));
        Map<Pair, T> results = new LinkedHashMap<>();
        for (Map.Entry<Pair, Future<T>> entry : futures.entrySet()) {
            results.put(entry.getKey(), result(entry.getValue()));
        }
        return results;
    }

    private static <T> T result(Future<T> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
