package dev.entente.redis;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.port.LogTrimmedException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what comes after a position, and notices when some of it is gone. */
final class LogTail {
    private static final int PAGE = 1000;

    private final RedisLanes lanes;
    private final FreshValues fresh;

    /** {@code fresh}: what need not be made of its bytes again. */
    LogTail(RedisLanes lanes, FreshValues fresh) {
        this.lanes = lanes;
        this.fresh = fresh;
    }

    Uni<List<LogEntry>> read(PartitionName partition, long after, Duration wait) {
        return page(partition, after).chain(page -> {
            if (!page.isEmpty()) {
                return resolved(partition, page, wait);
            }
            return wait.isZero() ? Uni.createFrom().item(List.of()) : waited(partition, after, wait);
        });
    }

    /** Waits for the first entry, then reads as if there had been no wait: the log may have become another one meanwhile. */
    private Uni<List<LogEntry>> waited(PartitionName partition, long after, Duration wait) {
        Request request = Request.cmd(Command.XREAD)
                .arg("COUNT")
                .arg(1)
                .arg("BLOCK")
                .arg(Math.max(1, wait.toMillis()))
                .arg("STREAMS")
                .arg(RedisKeys.of(partition).log())
                .arg(after + "-0");
        return lanes.block(partition, request, wait).chain(ignored -> read(partition, after, Duration.ZERO));
    }

    private Uni<List<StreamEntry>> page(PartitionName partition, long after) {
        RedisKeys keys = RedisKeys.of(partition);
        Request position = Request.cmd(Command.GET).arg(keys.position());
        Request entries = Request.cmd(Command.XRANGE)
                .arg(keys.log())
                .arg((after + 1) + "-0")
                .arg("+")
                .arg("COUNT")
                .arg(PAGE);
        return lanes.batchTail(partition, List.of(position, entries))
                .map(answers -> complete(after, answers.get(0), answers.get(1)));
    }

    /**
     * The position was read before the entries, so all up to it must be among them; and positions of one epoch have no gaps.
     */
    private static List<StreamEntry> complete(
            long after, @Nullable Response positionFound, @Nullable Response entriesFound) {
        if (positionFound == null) {
            throw new LogTrimmedException("the log is gone");
        }
        long newest = Long.parseLong(positionFound.toString());
        if (Positions.epoch(newest) != Positions.epoch(after) || newest < after) {
            throw new LogTrimmedException("the log began anew: its position is " + newest + ", asked after " + after);
        }
        List<StreamEntry> entries = new ArrayList<>();
        long next = after + 1;
        if (entriesFound != null) {
            for (Response found : entriesFound) {
                StreamEntry entry = StreamEntry.parse(found);
                if (entry.position() != next) {
                    throw new LogTrimmedException("entry " + next + " is gone, the next is " + entry.position());
                }
                entries.add(entry);
                next++;
            }
        }
        if (entries.isEmpty() && newest > after) {
            throw new LogTrimmedException("the entries up to " + newest + " are gone");
        }
        return entries;
    }

    /** Fetches what the log only refers to; when nothing is left, what voided it stands further on in the log. */
    private Uni<List<LogEntry>> resolved(PartitionName partition, List<StreamEntry> page, Duration wait) {
        List<StreamEntry> references =
                page.stream().filter(StreamEntry::isReference).toList();
        Uni<Map<Long, HotRecord>> found =
                references.isEmpty() ? Uni.createFrom().item(Map.of()) : fetch(RedisKeys.of(partition), references);
        return found.chain(records -> LargeRecords.read(payloads(page, records), () -> entries(page, records)))
                .chain(entries -> entries.isEmpty()
                        ? read(partition, page.get(page.size() - 1).position(), wait)
                        : Uni.createFrom().item(entries));
    }

    /** Those that are still there, by the positions of their entries. */
    private Uni<Map<Long, HotRecord>> fetch(RedisKeys keys, List<StreamEntry> references) {
        return lanes.batchBulk(references.stream()
                        .map(entry -> Request.cmd(Command.HGET)
                                .arg(entry.hotKey(keys))
                                .arg(entry.hotField()))
                        .toList())
                .map(answers -> {
                    Map<Long, HotRecord> records = new HashMap<>();
                    for (int i = 0; i < answers.size(); i++) {
                        Response answer = answers.get(i);
                        if (answer != null) {
                            records.put(references.get(i).position(), HotRecord.parse(answer.toBytes()));
                        }
                    }
                    return records;
                });
    }

    private static Stream<byte[]> payloads(List<StreamEntry> page, Map<Long, HotRecord> records) {
        return Stream.concat(
                page.stream().map(StreamEntry::payload),
                records.values().stream().map(HotRecord::payload));
    }

    private List<LogEntry> entries(List<StreamEntry> page, Map<Long, HotRecord> records) {
        List<LogEntry> entries = new ArrayList<>(page.size());
        for (StreamEntry entry : page) {
            if (entry.isReference()) {
                entry.with(records.get(entry.position())).ifPresent(whole -> entries.add(whole.toEntry(fresh::take)));
            } else {
                entries.add(entry.toEntry(fresh::take));
            }
        }
        return entries;
    }
}
