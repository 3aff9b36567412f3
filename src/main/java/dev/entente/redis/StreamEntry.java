package dev.entente.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.entente.engine.port.Change;
import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.port.PeerScope;
import dev.entente.engine.port.RecordKind;
import io.vertx.mutiny.redis.client.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An entry as it stands in the Redis stream. */
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes go on as they came
record StreamEntry(
        long position,
        RecordKind kind,
        String key,
        long version,
        long createVersion,
        long createPosition,
        byte[] note,
        byte[] payload) {

    static StreamEntry parse(Response entry) {
        String id = entry.get(0).toString();
        Response pairs = entry.get(1);
        Map<String, byte[]> fields = new HashMap<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            fields.put(pairs.get(i).toString(), pairs.get(i + 1).toBytes());
        }
        return new StreamEntry(
                Long.parseLong(id.substring(0, id.indexOf('-'))),
                RecordKind.valueOf(text(fields, "k")),
                text(fields, "f"),
                Long.parseLong(text(fields, "v")),
                Long.parseLong(text(fields, "c")),
                Long.parseLong(text(fields, "a")),
                bytes(fields, "n"),
                bytes(fields, "d"));
    }

    /** Whether the value was too large for the log and stands in the hot state only. */
    boolean isReference() {
        return payload.length == 1 && payload[0] == '@';
    }

    /** The hot hash that a reference points into. */
    String hotKey(RedisKeys keys) {
        PeerScope peer = peer();
        return peer == null ? keys.hot(kind) : keys.imports(peer.name());
    }

    String hotField() {
        return peer() == null ? key : kind.name() + Keys.SEPARATOR + key;
    }

    /**
     * The entry of one that is no reference.
     *
     * @param known gives the values of bytes that need not be read
     */
    LogEntry toEntry(Function<byte[], Optional<Object>> known) {
        if (kind == RecordKind.CHECK_REPORT) {
            RecordCodec.Report report = RecordCodec.read(note, RecordCodec.Report.class);
            CheckReport found = new CheckReport(report.status(), report.output(), version);
            return new LogEntry(position, createPosition, new Change(kind, null, key, 0, 0, found));
        }
        Object value = payload.length == 0 ? null : value(known);
        return new LogEntry(position, createPosition, new Change(kind, peer(), key, version, createVersion, value));
    }

    private Object value(Function<byte[], Optional<Object>> known) {
        Optional<Object> made = Packed.isPacked(payload) ? known.apply(payload) : Optional.empty();
        return made.orElseGet(() -> RecordCodec.value(kind, payload, note));
    }

    /** A reference with what it refers to; empty when the record has changed since, because then a newer entry tells. */
    Optional<StreamEntry> with(@Nullable HotRecord held) {
        if (held == null || held.position() != position) {
            return Optional.empty();
        }
        return Optional.of(new StreamEntry(
                position, kind, key, version, createVersion, createPosition, held.note(), held.payload()));
    }

    private @Nullable PeerScope peer() {
        return kind.isDurable() || kind == RecordKind.CHECK_REPORT ? null : HotRecord.scope(note);
    }

    private static String text(Map<String, byte[]> fields, String name) {
        return new String(bytes(fields, name), UTF_8);
    }

    private static byte[] bytes(Map<String, byte[]> fields, String name) {
        return Objects.requireNonNull(fields.get(name), name);
    }
}
