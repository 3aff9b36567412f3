package dev.entente.redis;

import dev.entente.config.RedisConfig;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ChangeLog;
import dev.entente.engine.port.ImportsDroppedException;
import dev.entente.engine.port.LateCallException;
import dev.entente.engine.port.Lease;
import dev.entente.engine.port.LeaseLostException;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.port.LogMissingException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The change log and the hot state of all partitions in Redis; the rules of order are in {@code append.lua}. */
@ApplicationScoped
public class RedisChangeLog implements ChangeLog {
    private final RedisLanes lanes;
    private final RedisConfig config;
    private final LogTail tail;
    private final LogBeginning beginning;
    private final HotStateReader reader;
    private final FreshValues fresh = new FreshValues();
    /** Numbers the calls, so that one that was given up and comes late is told from those after it. */
    private final AtomicLong calls = new AtomicLong();

    RedisChangeLog(RedisLanes lanes, RedisConfig config) {
        this.lanes = lanes;
        this.config = config;
        this.tail = new LogTail(lanes, fresh);
        this.beginning = new LogBeginning(lanes, config);
        this.reader = new HotStateReader(lanes);
    }

    @Override
    public Uni<Long> append(PartitionName partition, List<Change> changes, Optional<Lease> fence) {
        long call = calls.incrementAndGet();
        return LargeRecords.written(
                        changes,
                        () -> new AppendStep(
                                new AppendStep.Log(RedisKeys.of(partition), config), changes, fence, call, fresh))
                .chain(step -> run(step, LargeRecords.anyOf(changes)))
                .map(answer -> appended(answer, partition, fence));
    }

    /** A large import gets out of the way of what is not large, and has more time; a peer sends one after the other. */
    private Uni<Response> run(AppendStep step, boolean large) {
        return large
                ? lanes.runBulk(Script.APPEND, step.keys(), step.arguments())
                : lanes.run(Script.APPEND, step.keys(), step.arguments());
    }

    private static long appended(Response answer, PartitionName partition, Optional<Lease> fence) {
        return switch (answer.get(0).toString()) {
            case "ok" -> Long.parseLong(answer.get(1).toString());
            case "lost" ->
                throw new LeaseLostException(
                        "lost the lease " + fence.map(Lease::name).orElse(""));
            case "late" -> throw new LateCallException("a later call of the same holder came first");
            case "dropped" ->
                throw new ImportsDroppedException("what was imported of the peering has been cleared away");
            default -> throw missing(partition);
        };
    }

    @Override
    public Uni<Long> position(PartitionName partition) {
        return readPosition(partition).map(found -> {
            if (found == null) {
                throw missing(partition);
            }
            return Long.parseLong(found.toString());
        });
    }

    @Override
    public Uni<Boolean> isEmpty(PartitionName partition) {
        return readPosition(partition).map(found -> found == null);
    }

    @Override
    public Uni<Long> begin(PartitionName partition, Uni<Beginning> reading) {
        return beginning.begin(partition, reading);
    }

    @Override
    public Uni<HotState> load(PartitionName partition) {
        return position(partition)
                .chain(position -> reader.read(RedisKeys.of(partition))
                        .chain(entries ->
                                lastRemoval(partition).map(removal -> new HotState(position, removal, entries)))
                        .call(() -> requireSameLog(partition, position)));
    }

    /** A log that began anew while it was read gave a mixture. */
    private Uni<Long> requireSameLog(PartitionName partition, long before) {
        return position(partition).invoke(after -> {
            if (Positions.epoch(after) != Positions.epoch(before) || after < before) {
                throw new LogMissingException("the log of partition " + partition + " began anew while it was read");
            }
        });
    }

    @Override
    public Uni<List<LogEntry>> tail(PartitionName partition, long after, Duration wait) {
        return tail.read(partition, after, wait);
    }

    /** Read after the entries, so that what was removed while they were read counts too. */
    private Uni<Long> lastRemoval(PartitionName partition) {
        Request request =
                Request.cmd(Command.HGET).arg(RedisKeys.of(partition).removed()).arg(RedisKeys.LAST_REMOVAL);
        return lanes.send(request).map(found -> found == null ? 0 : Long.parseLong(found.toString()));
    }

    private Uni<@Nullable Response> readPosition(PartitionName partition) {
        return lanes.send(Request.cmd(Command.GET).arg(RedisKeys.of(partition).position()));
    }

    static LogMissingException missing(PartitionName partition) {
        return new LogMissingException("there is no log of partition " + partition);
    }
}
