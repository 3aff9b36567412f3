package dev.entente.checks;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.CheckThresholds;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.agent.OwnNodeStore;
import dev.entente.engine.agent.TtlReports;
import dev.entente.engine.port.CheckReports;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.View;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Runs the checks of this replica's node, in every partition: watches the view for them, starts, replaces and stops them, and reports
 * what they find (protocol chapter 6.8.1).
 *
 * <p>Changes of the view are gathered for a moment and looked at in one pass, on one context; each check then lives on a context of
 * its own choice among a few.
 */
public final class CheckRunner {
    private static final int CONTEXTS = 4;
    private static final int PAUSES_PER_PASS = 9;
    private static final long LONGEST_GATHER_MILLIS = 3_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Vertx vertx;
    private final View view;
    private final OwnNodeStore own;
    private final TtlReports ttlReports;
    private final String node;
    private final Settings settings;
    private final RandomGenerator random;
    private final Reporter reporter;
    private final InFlight inFlight;
    private final Probes probes;
    private final Aliases aliases;
    private final LongCritical longCritical;
    private final List<Context> contexts;
    private final AtomicBoolean passDue = new AtomicBoolean();

    /** Confined to the first context, as all below. */
    private final Map<CheckKey, Started> started = new HashMap<>();

    private final Map<PartitionName, View.Watch> watches = new HashMap<>();
    private int nextContext;
    private long reapTimer;
    private long lastPassNanos;
    private long lastPassEnd;
    private boolean stopped;

    /**
     * How checks are run.
     *
     * @param maxInFlight how many run at a time; beyond it a run is skipped
     * @param gather how long changes of the view are gathered
     * @param reapEvery how often services are looked for that were critical for too long
     * @param reapAtLeast how long a service is kept however short its definition says
     */
    public record Settings(int maxInFlight, Duration gather, Duration reapEvery, Duration reapAtLeast) {
        /** As Consul's agent, and at most 256 at a time. */
        public static final Settings DEFAULT =
                new Settings(256, Duration.ofMillis(30), Duration.ofSeconds(30), Duration.ofMinutes(1));
    }

    /** What the engine gives to the runner. */
    public record Engine(View view, CheckReports reports, OwnNodeStore own, TtlReports ttlReports) {}

    private record Started(CheckDefinition run, Optional<RunningCheck> check) {}

    public CheckRunner(Vertx vertx, Engine engine, String node, Settings settings, RandomGenerator random) {
        this.vertx = vertx;
        this.view = engine.view();
        this.own = engine.own();
        this.ttlReports = engine.ttlReports();
        this.node = node;
        this.settings = settings;
        this.random = random;
        this.reporter = new Reporter(engine.reports(), node);
        this.inFlight = new InFlight(settings.maxInFlight());
        this.probes = new Probes(vertx);
        this.aliases = new Aliases(view, node, reporter, this::changed);
        this.longCritical = new LongCritical(settings.reapAtLeast(), ttlReports::now);
        this.contexts = Stream.generate(() -> (Context) ((VertxInternal) vertx).createEventLoopContext())
                .limit(CONTEXTS)
                .toList();
    }

    /** Begins to watch and to run; once. */
    public void start() {
        first().runOnContext(begin -> {
            reapTimer = vertx.setPeriodic(settings.reapEvery().toMillis(), due -> reap());
            pass();
        });
    }

    /** Stops every check; what they found stays. */
    public void stop() {
        first().runOnContext(end -> {
            stopped = true;
            vertx.cancelTimer(reapTimer);
            watches.values().forEach(View.Watch::close);
            aliases.stop();
            started.values().forEach(check -> check.check().ifPresent(RunningCheck::stop));
            started.clear();
            probes.close();
        });
    }

    /** How many runs found no room. */
    public long skippedRuns() {
        return inFlight.skipped();
    }

    private Context first() {
        return contexts.get(0);
    }

    /** Called by the view's own thread, which must not wait. */
    private void changed() {
        if (passDue.compareAndSet(false, true)) {
            first().runOnContext(next -> passWhenDue());
        }
    }

    /** At once after a quiet time, so that an alias follows without delay; else as soon as enough may have been gathered. */
    private void passWhenDue() {
        long quietMillis = (ttlReports.now() - lastPassEnd) / NANOS_PER_MILLI;
        long pause = gatherMillis() - quietMillis;
        if (pause > 0) {
            vertx.setTimer(pause, due -> pass());
        } else {
            pass();
        }
    }

    /**
     * A node with many checks is looked at less often, so that passes take a tenth of the time; but a pass during which the process stood
     * still must not keep a new check waiting for long.
     */
    private long gatherMillis() {
        long gather = Math.max(settings.gather().toMillis(), PAUSES_PER_PASS * lastPassNanos / NANOS_PER_MILLI);
        return Math.min(gather, LONGEST_GATHER_MILLIS);
    }

    private void pass() {
        passDue.set(false);
        if (stopped) {
            return;
        }
        long begin = ttlReports.now();
        look();
        lastPassEnd = ttlReports.now();
        lastPassNanos = lastPassEnd - begin;
    }

    private void look() {
        watchPartitions();
        Map<CheckKey, Check> checks = OwnChecks.of(view, node);
        stopOthers(checks);
        checks.forEach(this::startNew);
        aliases.follow(checks);
        longCritical.note(checks);
    }

    private void watchPartitions() {
        Set<PartitionName> partitions = new HashSet<>(view.partitions());
        partitions.forEach(partition -> watches.computeIfAbsent(partition, this::watch));
        watches.entrySet().removeIf(entry -> {
            boolean gone = !partitions.contains(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
    }

    private View.Watch watch(PartitionName partition) {
        Set<Topic> topics = Set.of(Topic.node(null, node), Topic.of(Topic.Subject.PARTITIONS, null));
        return view.watch(partition, topics, this::changed);
    }

    private void stopOthers(Map<CheckKey, Check> checks) {
        started.entrySet().removeIf(entry -> {
            Check check = checks.get(entry.getKey());
            if (check != null && check.run().equals(entry.getValue().run())) {
                return false;
            }
            entry.getValue().check().ifPresent(RunningCheck::stop);
            if (check == null) {
                ttlReports.forget(entry.getKey().partition(), entry.getKey().checkId());
            }
            return true;
        });
    }

    private void startNew(CheckKey key, Check check) {
        started.computeIfAbsent(key, fresh -> {
            Optional<RunningCheck> running = running(fresh, check.run());
            running.ifPresent(RunningCheck::start);
            return new Started(check.run(), running);
        });
    }

    private Optional<RunningCheck> running(CheckKey key, CheckDefinition run) {
        Context context = contexts.get(nextContext++ % contexts.size());
        if (run.isTtl()) {
            return Optional.of(new TtlCheck(key, run.ttl(), ttlReports, reporter, vertx, context));
        }
        ProbedCheck.Place place = new ProbedCheck.Place(vertx, context, inFlight, reporter, random);
        return probes.of(run).map(probe -> new ProbedCheck(key, probe, place, run.interval(), CheckThresholds.of(run)));
    }

    private void reap() {
        pass();
        longCritical
                .overdue(OwnChecks.of(view, node))
                .forEach(service -> own.reapService(service.partition(), service.checkId())
                        .subscribe()
                        .with(done -> {}, failure -> changed()));
    }
}
