package dev.entente.redis;

import static dev.entente.contract.Changes.check;
import static dev.entente.contract.Changes.dropEntry;
import static dev.entente.contract.Changes.dropped;
import static dev.entente.contract.Changes.imported;
import static dev.entente.contract.Changes.node;
import static dev.entente.contract.Changes.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.contract.ChangeLogContract;
import dev.entente.contract.LogReplay;
import dev.entente.domain.catalog.Check;
import dev.entente.domain.peering.PeeringState;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ChangeLog;
import dev.entente.engine.port.ChangeLog.Beginning;
import dev.entente.engine.port.ChangeLog.HotState;
import dev.entente.engine.port.ImportsDroppedException;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.LateCallException;
import dev.entente.engine.port.Lease;
import dev.entente.engine.port.LeaseLostException;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.port.LogMissingException;
import dev.entente.engine.port.LogTrimmedException;
import dev.entente.engine.port.RecordKind;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisChangeLogTest extends ChangeLogContract {
    /** The hundred thousand of a long run are asked for by a property. */
    private static final int HUGE = Integer.getInteger("huge.answer", 10_000);

    private static final TestRedis REDIS = TestRedis.connect(Map.of("log-length", "1000", "inline-bytes", "4096"));

    private final RedisChangeLog log = REDIS.log();
    private final RedisLeases leases = new RedisLeases(REDIS.lanes);

    @Override
    protected ChangeLog log() {
        return log;
    }

    @Override
    protected void loseEverything() {
        REDIS.deleteAll(partition);
    }

    @AfterEach
    void clear() {
        REDIS.deleteAll(partition);
    }

    @Test
    void aWriterWithoutItsLeaseWritesNothing() {
        Lease lease = await(leases.acquire(partition, "dial/x", "r1", Duration.ofMinutes(1)))
                .orElseThrow();
        await(log.append(partition, List.of(imported(ALPHA, "web", 1)), Optional.of(lease)));
        await(leases.release(partition, lease));
        Lease next = await(leases.acquire(partition, "dial/x", "r2", Duration.ofMinutes(1)))
                .orElseThrow();

        for (Lease void_ :
                List.of(lease, new Lease("dial/x", "r2", next.token() - 1), new Lease("other", "r2", next.token()))) {
            assertThatThrownBy(
                            () -> await(log.append(partition, List.of(imported(ALPHA, "web", 2)), Optional.of(void_))))
                    .isInstanceOf(LeaseLostException.class);
        }
        assertThat(entries()).hasSize(1);
        assertThat(await(log.append(partition, List.of(imported(ALPHA, "web", 2)), Optional.of(next))))
                .isEqualTo(FIRST + 2);
    }

    @Test
    void aCallThatComesAfterALaterOneOfTheSameHolderWritesNothing() {
        Lease lease = await(leases.acquire(partition, "dial/x", "r1", Duration.ofMinutes(1)))
                .orElseThrow();
        Uni<Long> givenUp = log.append(partition, List.of(imported(ALPHA, "web", 1)), Optional.of(lease));
        await(log.append(partition, List.of(imported(ALPHA, "web", 2)), Optional.of(lease)));

        assertThatThrownBy(() -> await(givenUp)).isInstanceOf(LateCallException.class);
        assertThat(entries()).hasSize(1);

        await(leases.release(partition, lease));
        Lease next = await(leases.acquire(partition, "dial/x", "r2", Duration.ofMinutes(1)))
                .orElseThrow();
        assertThat(await(log.append(partition, List.of(imported(ALPHA, "web", 3)), Optional.of(next))))
                .isEqualTo(FIRST + 2);
    }

    /** Another process counts its calls from one again. */
    @Test
    void theFirstCallOfAProcessThatSucceedsAnotherIsNotTakenForALateOne() {
        Lease lease = await(leases.acquire(partition, "dial/x", "r1", Duration.ofMinutes(1)))
                .orElseThrow();
        await(log.append(partition, List.of(imported(ALPHA, "web", 1)), Optional.of(lease)));
        await(log.append(partition, List.of(imported(ALPHA, "web", 2)), Optional.of(lease)));

        Lease next = await(leases.succeed(partition, "dial/x", "r1", "r2", Duration.ofMinutes(1)))
                .orElseThrow();

        assertThat(await(REDIS.log().append(partition, List.of(imported(ALPHA, "web", 3)), Optional.of(next))))
                .isEqualTo(FIRST + 3);
        assertThatThrownBy(() -> await(log.append(partition, List.of(imported(ALPHA, "web", 4)), Optional.of(lease))))
                .isInstanceOf(LeaseLostException.class);
    }

    @Test
    void aReaderBehindTheOldestEntryHearsThatItsPlaceIsGone() {
        IntStream.range(0, 30)
                .forEach(i -> append(IntStream.range(0, 100)
                        .mapToObj(n -> node("n" + n, i * 100L + n + 1))
                        .toArray(Change[]::new)));

        assertThatThrownBy(this::entries).isInstanceOf(LogTrimmedException.class);
        assertThat(await(log.tail(partition, FIRST + 2_500, Duration.ZERO))).hasSize(500);
    }

    @Test
    void aGapInTheLogIsNoticed() {
        append(node("a", 1), node("b", 2), node("c", 3));
        REDIS.command(Command.XDEL, RedisKeys.of(partition).log(), (FIRST + 2) + "-0");

        assertThatThrownBy(this::entries).isInstanceOf(LogTrimmedException.class);
    }

    @Test
    void droppingTenThousandInstancesLeavesNoKeyOfThePeer() {
        for (int service = 0; service < 100; service++) {
            append(imported(ALPHA, "web" + service, 100));
        }
        assertThat(REDIS.keys(partition)).contains(RedisKeys.of(partition).imports(ALPHA.name()));

        append(dropped(ALPHA));

        assertThat(REDIS.keys(partition)).noneMatch(key -> key.contains("alpha"));
        assertThat(REDIS.command(Command.HLEN, RedisKeys.of(partition).importers())
                        .toLong())
                .isZero();
        assertThat(hot().entries()).isEmpty();
    }

    @Test
    void aLargeValueIsFetchedFromTheHotState() {
        Change large = imported(ALPHA, "web", 50);
        append(check(5, Check.PASSING), large, report(Check.CRITICAL, "x".repeat(5_000), 0));

        assertThat(entries())
                .extracting(LogEntry::change)
                .containsExactly(check(5, Check.PASSING), large, report(Check.CRITICAL, "x".repeat(5_000), 5));
        assertThat(REDIS.command(
                                Command.MEMORY, "USAGE", RedisKeys.of(partition).log())
                        .toLong())
                .isLessThan(10_000);
    }

    @Test
    void aRecordOfVeryManyInstancesIsFollowedAndLoaded() {
        Change huge = imported(ALPHA, "web", HUGE);
        log.append(partition, List.of(huge, imported(ALPHA, "small", 1)), Optional.empty())
                .await()
                .atMost(Duration.ofSeconds(60));
        assertThat(storedBytes("web")).isLessThan(100L * HUGE);

        List<LogEntry> followed =
                log.tail(partition, FIRST, Duration.ZERO).await().atMost(Duration.ofSeconds(60));
        assertThat(followed).hasSize(2);
        assertThat(followed.get(0).change().value())
                .as("what this replica wrote is not made of its bytes again")
                .isSameAs(huge.value());

        List<LogEntry> elsewhere = TestRedis.connect(Map.of("log-length", "1000", "inline-bytes", "4096"))
                .log()
                .tail(partition, FIRST, Duration.ZERO)
                .await()
                .atMost(Duration.ofSeconds(60));
        assertThat(elsewhere).hasSize(2);
        assertThat(elsewhere.get(0).change().equals(huge)).isTrue();

        HotState loaded = log.load(partition).await().atMost(Duration.ofSeconds(60));
        assertThat(loaded.entries()).hasSize(2);
        assertThat(loaded.entries()).anyMatch(entry -> entry.change().equals(huge));
    }

    private long storedBytes(String service) {
        return REDIS.command(
                        Command.HSTRLEN,
                        RedisKeys.of(partition).imports(ALPHA.name()),
                        RecordKind.IMPORTED_SERVICE.name() + Keys.SEPARATOR + service)
                .toLong();
    }

    @Test
    void aLargeValueThatIsVoidIsLeftOut() {
        append(imported(ALPHA, "web", 50), imported(ALPHA, "web", 51), imported(ALPHA, "db", 52), dropped(ALPHA));
        assertThat(entries()).extracting(LogEntry::change).containsExactly(dropEntry(ALPHA));

        append(imported(NEXT_ALPHA, "web", 50), imported(NEXT_ALPHA, "web", 51));
        assertThat(entries()).extracting(LogEntry::position).containsExactly(FIRST + 4, FIRST + 6);
    }

    @Test
    void aPeeringThatIsBeingDeletedDoesNotImportAgain() {
        append(dropped(ALPHA), peering(7, PeeringState.DELETING));

        assertThatThrownBy(() -> append(imported(ALPHA, "web", 1))).isInstanceOf(ImportsDroppedException.class);
        assertThat(hot().entries()).hasSize(1);
    }

    @Test
    void removedVersionsAreForgottenAfterTheirTime() {
        RedisChangeLog forgetful =
                TestRedis.connect(Map.of("remember-removed", "0s")).log();
        append(node("a", 5), Change.removal(RecordKind.NODE, "a", 6), dropped(ALPHA));
        REDIS.command(Command.ZADD, RedisKeys.of(partition).removedAt(), "1", "NODE\u001fa");
        REDIS.command(
                Command.ZADD, RedisKeys.of(partition).dropped(), "1", ALPHA.id().value());

        await(forgetful.append(partition, List.of(), Optional.empty()));

        assertThat(REDIS.keys(partition)).noneMatch(key -> key.contains("removed-at") || key.contains("dropped"));
        assertThat(REDIS.command(Command.HKEYS, RedisKeys.of(partition).removed())
                        .toString())
                .isEqualTo("[" + RedisKeys.SETTLED + ", " + RedisKeys.LAST_REMOVAL + "]");
    }

    @Test
    void aHalfLoadedLogIsNoLog() {
        REDIS.deleteAll(partition);
        RedisKeys keys = RedisKeys.of(partition);
        REDIS.command(Command.SET, keys.loading(), "2/1", "PX", "100000");
        REDIS.command(Command.HSET, keys.hot(RecordKind.NODE), "half", "x");

        assertThat(await(log.isEmpty(partition))).isTrue();
        assertThatThrownBy(() -> await(log.begin(partition, Uni.createFrom().item(new Beginning(EPOCH, 0, List.of())))))
                .isInstanceOf(LogMissingException.class);
        assertThatThrownBy(() -> append(node("a", 1))).isInstanceOf(LogMissingException.class);

        REDIS.command(Command.DEL, keys.loading());
        await(log.begin(partition, Uni.createFrom().item(new Beginning(EPOCH, 0, List.of(node("b", 1))))));
        assertThat(hot().entries()).extracting(LogEntry::change).containsExactly(node("b", 1));
    }

    @Test
    void ofSeveralBeginningsOneCounts() {
        REDIS.deleteAll(partition);
        List<Change> records =
                LongStream.range(1, 2_000).mapToObj(i -> node("n" + i, i)).toList();
        List<Long> positions = Multi.createFrom()
                .range(4, 12)
                .onItem()
                .transformToUniAndMerge(epoch -> log.begin(
                                partition, Uni.createFrom().item(new Beginning(epoch, 0, records)))
                        .onFailure(LogMissingException.class)
                        .recoverWithItem(0L))
                .collect()
                .asList()
                .await()
                .atMost(Duration.ofSeconds(20));

        assertThat(positions.stream().filter(position -> position > 0))
                .isNotEmpty()
                .containsOnly(hot().position());
        assertThat(hot().entries()).hasSize(1_999);
    }

    @Test
    void positionsAreConsecutiveWith64Writers() {
        int writers = 64;
        int each = 12;
        List<CompletableFuture<Long>> done = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            String name = "n" + writer;
            done.add(Multi.createFrom()
                    .range(1, each + 1)
                    .onItem()
                    .transformToUniAndConcatenate(
                            version -> log.append(partition, List.of(node(name, version)), Optional.empty()))
                    .collect()
                    .last()
                    .subscribeAsCompletionStage());
        }
        done.forEach(CompletableFuture::join);

        List<LogEntry> entries = entries();
        assertThat(entries)
                .extracting(LogEntry::position)
                .containsExactlyElementsOf(LongStream.rangeClosed(FIRST + 1, FIRST + (long) writers * each)
                        .boxed()
                        .toList());
        assertThat(entries.get(entries.size() - 1).position()).isLessThan(1L << 53);
    }

    @Test
    void positionsStayExactInTheLastEpoch() {
        long epoch = (1L << 21) - 1;
        REDIS.deleteAll(partition);
        await(log.begin(partition, Uni.createFrom().item(new Beginning(epoch, 0, List.of(node("a", 1))))));
        append(node("b", 2));

        assertThat(append(node("a", 2))).isEqualTo((epoch << 32) + 2).isLessThan(1L << 53);
        assertThat(hot().entries()).contains(new LogEntry((epoch << 32) + 2, epoch << 32, node("a", 2)));
    }

    @Test
    void aViewBuiltWhileOthersWriteEndsAsTheHotState() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 5; round++) {
            List<CompletableFuture<Void>> writers = IntStream.range(0, 8)
                    .mapToObj(writer -> write(random.split()))
                    .toList();
            HotState loaded = hot();
            LogReplay replay = new LogReplay().load(loaded.position(), loaded.entries());
            writers.forEach(CompletableFuture::join);
            long newest = await(log.position(partition));
            while (replay.position() < newest) {
                replay.apply(await(log.tail(partition, replay.position(), Duration.ZERO)));
            }
            HotState last = hot();
            assertThat(replay.records())
                    .isEqualTo(new LogReplay()
                            .load(last.position(), last.entries())
                            .records());
        }
    }

    private CompletableFuture<Void> write(SplittableRandom random) {
        return Multi.createFrom()
                .range(0, 60)
                .onItem()
                .transformToUniAndConcatenate(
                        i -> log.append(partition, List.of(someChange(random), someChange(random)), Optional.empty()))
                .collect()
                .last()
                .replaceWithVoid()
                .subscribeAsCompletionStage();
    }

    private static Change someChange(SplittableRandom random) {
        int instances = 1 + random.nextInt(40);
        long version = 1 + random.nextInt(100_000);
        return switch (random.nextInt(8)) {
            case 0 -> Change.removal(RecordKind.NODE, "n" + random.nextInt(20), version);
            case 1 -> check(version, Check.PASSING);
            case 2 -> report(random.nextBoolean() ? "critical" : "passing", "o" + instances, 0);
            case 3 -> imported(ALPHA, "s" + random.nextInt(10), instances);
            case 4 -> Change.importRemoval(RecordKind.IMPORTED_SERVICE, ALPHA, "s" + random.nextInt(10));
            default -> node("n" + random.nextInt(20), version);
        };
    }
}
