package dev.entente.redis;

import dev.entente.domain.identity.PeerName;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.port.RecordKind;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

/**
 * Reads the hot hashes in pages, so that a large one holds up nobody; a page may show a record that another showed before. What peers
 * export may be large record by record: its pages have fewer of them, and are read on the workers.
 */
final class HotStateReader {
    private static final int PAGE = 500;
    /** Of services with any number of instances; all of one peer are bounded. */
    private static final int PAGE_OF_IMPORTS = 50;

    private final RedisLanes lanes;

    HotStateReader(RedisLanes lanes) {
        this.lanes = lanes;
    }

    Uni<List<LogEntry>> read(RedisKeys keys) {
        Multi<LogEntry> durable = Multi.createFrom()
                .iterable(RedisKeys.DURABLE_KINDS)
                .onItem()
                .transformToMultiAndConcatenate(
                        kind -> scan(keys.hot(kind), PAGE, (field, record) -> record.toEntry(kind, field)));
        Multi<LogEntry> imported = importers(keys)
                .onItem()
                .transformToMultiAndConcatenate(
                        peer -> scan(keys.imports(peer), PAGE_OF_IMPORTS, HotStateReader::importedEntry));
        return Multi.createBy()
                .concatenating()
                .streams(durable, imported)
                .collect()
                .in(Newest::new, Newest::add)
                .map(Newest::entries);
    }

    private Multi<PeerName> importers(RedisKeys keys) {
        return lanes.send(Request.cmd(Command.HKEYS).arg(keys.importers()))
                .onItem()
                .transformToMulti(names -> Multi.createFrom().iterable(Objects.requireNonNull(names)))
                .map(name -> new PeerName(name.toString()));
    }

    private static LogEntry importedEntry(String field, HotRecord record) {
        int separator = field.indexOf(Keys.SEPARATOR);
        return record.toEntry(RecordKind.valueOf(field.substring(0, separator)), field.substring(separator + 1));
    }

    private Multi<LogEntry> scan(String hash, int pageSize, BiFunction<String, HotRecord, LogEntry> toEntry) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new AtomicReference<>("0"), cursor -> page(hash, pageSize, cursor))
                .whilst(page -> !page.get(0).toString().equals("0"))
                .map(page -> records(page.get(1)))
                .onItem()
                .transformToUniAndConcatenate(records -> LargeRecords.read(
                        records.stream().map(Field::record).map(HotRecord::payload), () -> entries(records, toEntry)))
                .onItem()
                .transformToIterable(entries -> entries);
    }

    private Uni<Response> page(String hash, int pageSize, AtomicReference<String> cursor) {
        Request request = Request.cmd(Command.HSCAN)
                .arg(hash)
                .arg(cursor.get())
                .arg("COUNT")
                .arg(pageSize);
        return lanes.sendBulk(request)
                .map(Objects::requireNonNull)
                .invoke(page -> cursor.set(page.get(0).toString()));
    }

    private record Field(String name, HotRecord record) {}

    private static List<Field> records(Response pairs) {
        List<Field> fields = new ArrayList<>(pairs.size() / 2);
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            fields.add(new Field(
                    pairs.get(i).toString(), HotRecord.parse(pairs.get(i + 1).toBytes())));
        }
        return fields;
    }

    private static List<LogEntry> entries(List<Field> fields, BiFunction<String, HotRecord, LogEntry> toEntry) {
        return fields.stream()
                .map(field -> toEntry.apply(field.name(), field.record()))
                .toList();
    }

    /** The newest of what was read of each record. */
    private static final class Newest {
        private record Id(RecordKind kind, String peer, String key) {}

        private final Map<Id, LogEntry> byId = new LinkedHashMap<>();

        void add(LogEntry entry) {
            var peer = entry.change().peer();
            Id id = new Id(
                    entry.change().kind(),
                    peer == null ? "" : peer.name().key(),
                    entry.change().key());
            byId.merge(id, entry, (held, other) -> other.position() > held.position() ? other : held);
        }

        List<LogEntry> entries() {
            return List.copyOf(byId.values());
        }
    }
}
