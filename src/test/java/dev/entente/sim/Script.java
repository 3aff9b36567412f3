package dev.entente.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What happens in a run, drawn from its seed before it begins, so that parts of it can be left out.
 *
 * @param seed decides also on everything that is drawn while it runs
 * @param clusters how many clusters there are
 * @param replicas how many replicas each has
 * @param kept which of the steps that were drawn are in it
 */
record Script(long seed, int clusters, int replicas, List<Step> steps, List<Integer> kept) {
    private static final int FEWEST = 6;
    private static final int MOST = 60;
    private static final long BURST = 400;

    static Script of(long seed) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 1);
        int clusters = random.nextInt(10) < 7 ? 2 : 3;
        int replicas = random.nextInt(10) < 4 ? 1 : 2;
        Step.Group[] groups = Step.Group.values();
        Step.Group one = groups[random.nextInt(groups.length)];
        Step.Group other = groups[random.nextInt(groups.length)];
        int count = random.nextInt(FEWEST, MOST);
        long span = random.nextLong(5_000, 60_000);
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean soonAfter = !times.isEmpty() && random.nextInt(10) < 5;
            times.add(soonAfter ? times.get(i - 1) + random.nextLong(BURST) : random.nextLong(span));
        }
        times.sort(null);
        List<Step> steps = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(new Step(
                    Duration.ofMillis(times.get(i)),
                    kind(random, random.nextBoolean() ? one : other),
                    random.nextInt(clusters),
                    random.nextInt(1 << 16),
                    random.nextInt(1 << 16)));
            kept.add(i);
        }
        return new Script(seed, clusters, replicas, List.copyOf(steps), List.copyOf(kept));
    }

    /** Each run has its emphasis: on every second step one group is, and on the others another. */
    private static Step.Kind kind(SplittableRandom random, Step.Group emphasis) {
        Step.Kind[] kinds = Step.Kind.values();
        int left = random.nextInt(
                Arrays.stream(kinds).mapToInt(kind -> kind.weightIn(emphasis)).sum());
        for (Step.Kind kind : kinds) {
            left -= kind.weightIn(emphasis);
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("the weights do not add up");
    }

    /** A run with these steps and no others. */
    static Script playing(long seed, int clusters, int replicas, Step... steps) {
        List<Integer> kept = IntStream.range(0, steps.length).boxed().toList();
        return new Script(seed, clusters, replicas, List.of(steps), kept);
    }

    /** The same run with only these of its steps. */
    Script keeping(List<Integer> some) {
        return new Script(seed, clusters, replicas, steps, List.copyOf(new TreeSet<>(some)));
    }

    /** The steps that are in it, in the order of time. */
    List<Step> played() {
        return kept.stream().map(steps::get).toList();
    }

    boolean isWhole() {
        return kept.size() == steps.size();
    }

    Duration length() {
        return steps.isEmpty() ? Duration.ZERO : steps.get(steps.size() - 1).at();
    }
}
