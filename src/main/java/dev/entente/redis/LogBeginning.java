package dev.entente.redis;

import static dev.entente.redis.RedisLanes.bytes;

import dev.entente.config.RedisConfig;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ChangeLog.Beginning;
import dev.entente.engine.port.LogMissingException;
import dev.entente.engine.port.RecordKind;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Begins a log in several steps: name the life of the store, read; then, one replica at a time, clear, load the records in pieces, set
 * the position. The position comes last, so a beginning that was broken off is no log; another replica may begin when the first has been
 * silent for a while.
 */
final class LogBeginning {
    private static final int PIECE = 500;

    private final RedisLanes lanes;
    private final Duration validity;
    private final AtomicLong attempts = new AtomicLong();

    LogBeginning(RedisLanes lanes, RedisConfig config) {
        this.lanes = lanes;
        this.validity = config.beginning();
    }

    Uni<Long> begin(PartitionName partition, Uni<Beginning> reading) {
        RedisKeys keys = RedisKeys.of(partition);
        return Uni.createFrom()
                .deferred(() -> nameLife(keys))
                .chain(answer -> isBegun(answer)
                        ? Uni.createFrom().item(position(answer))
                        : reading.chain(with -> begin(partition, answer.get(1).toBytes(), with)));
    }

    private Uni<Long> begin(PartitionName partition, byte[] life, Beginning with) {
        // An epoch is given out once, so with a count it names one attempt of one replica.
        byte[] loader = bytes(with.epoch() + "/" + attempts.incrementAndGet());
        RedisKeys keys = RedisKeys.of(partition);
        return start(keys, loader, life).chain(answer -> switch (answer.get(0).toString()) {
            case "begun" -> Uni.createFrom().item(position(answer));
            case "ok" -> load(keys, loader, with);
            case "lost" -> Uni.createFrom().failure(new LogMissingException("the store was lost meanwhile"));
            default -> Uni.createFrom().failure(busy(partition));
        });
    }

    private Uni<Response> nameLife(RedisKeys keys) {
        return lanes.run(
                Script.BEGIN_READ,
                List.of(keys.position(), keys.life()),
                List.of(bytes(UUID.randomUUID().toString())));
    }

    private Uni<Response> start(RedisKeys keys, byte[] loader, byte[] life) {
        return lanes.run(
                Script.BEGIN_START,
                keys.ofBeginning(),
                List.of(loader, bytes(validity.toMillis()), bytes(keys.importsPrefix()), life));
    }

    private static boolean isBegun(Response answer) {
        return answer.get(0).toString().equals("begun");
    }

    private static long position(Response answer) {
        return Long.parseLong(answer.get(1).toString());
    }

    private Uni<Long> load(RedisKeys keys, byte[] loader, Beginning with) {
        long first = Positions.first(with.epoch());
        return Multi.createFrom()
                .iterable(with.records())
                .group()
                .intoLists()
                .of(PIECE)
                .onItem()
                .transformToUniAndConcatenate(piece -> loadPiece(keys, loader, first, piece))
                .onItem()
                .ignoreAsUni()
                .chain(() -> finish(keys, loader, with));
    }

    private Uni<Response> loadPiece(RedisKeys keys, byte[] loader, long first, List<Change> piece) {
        List<String> all = new ArrayList<>(List.of(keys.position(), keys.loading()));
        RedisKeys.DURABLE_KINDS.forEach(kind -> all.add(keys.hot(kind)));
        List<byte[]> arguments = new ArrayList<>(List.of(loader, bytes(validity.toMillis())));
        for (Change change : piece) {
            arguments.add(bytes(hotIndex(change.kind())));
            arguments.add(bytes(change.key()));
            arguments.add(HotRecord.beginning(change, first).toBytes());
        }
        return lanes.runBulk(Script.BEGIN_LOAD, all, arguments).invoke(LogBeginning::requireHeld);
    }

    /** The hot hashes stand behind two other keys; Lua counts from one. */
    private static int hotIndex(RecordKind kind) {
        int index = RedisKeys.DURABLE_KINDS.indexOf(kind);
        if (index < 0) {
            throw new IllegalArgumentException("a log does not begin with a " + kind);
        }
        return index + 3;
    }

    private Uni<Long> finish(RedisKeys keys, byte[] loader, Beginning with) {
        return lanes.run(
                        Script.BEGIN_FINISH,
                        List.of(keys.position(), keys.loading(), keys.removed(), keys.life()),
                        List.of(loader, bytes(Positions.first(with.epoch())), bytes(with.settled())))
                .invoke(LogBeginning::requireHeld)
                .map(LogBeginning::position);
    }

    private static void requireHeld(Response answer) {
        if (!answer.get(0).toString().equals("ok")) {
            throw new LogMissingException("took too long to begin the log; another replica may begin it");
        }
    }

    private static LogMissingException busy(PartitionName partition) {
        return new LogMissingException("another replica is beginning the log of partition " + partition);
    }
}
