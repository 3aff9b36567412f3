package dev.entente.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.VirtualAddresses;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.port.PeerScope;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.port.ServiceRecord;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record of the hot state in the form that the scripts read and write (see {@code append.lua}).
 *
 * @param note of a check its newest report, of a service the names that it is found under, of something imported the peering that it came from, else empty
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes go on as they came
record HotRecord(long position, long createPosition, long version, long createVersion, byte[] note, byte[] payload) {
    private static final byte[] NOTHING = {};

    static HotRecord parse(byte[] bytes) {
        int end = 0;
        while (bytes[end] != '\n') {
            end++;
        }
        String[] head = new String(bytes, 0, end, US_ASCII).split(" ", -1);
        int noteEnd = end + 1 + Integer.parseInt(head[4]);
        return new HotRecord(
                Long.parseLong(head[0]),
                Long.parseLong(head[1]),
                Long.parseLong(head[2]),
                Long.parseLong(head[3]),
                Arrays.copyOfRange(bytes, end + 1, noteEnd),
                Arrays.copyOfRange(bytes, noteEnd, bytes.length));
    }

    /** The record of a durable change in a log that begins at a position. */
    static HotRecord beginning(Change change, long position) {
        Object value = Objects.requireNonNull(change.value());
        return new HotRecord(
                position,
                position,
                change.version(),
                change.createVersion(),
                noteOf(change),
                RecordCodec.payload(value));
    }

    byte[] toBytes() {
        String head = position + " " + createPosition + " " + version + " " + createVersion + " " + note.length + "\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream(head.length() + note.length + payload.length);
        out.writeBytes(head.getBytes(US_ASCII));
        out.writeBytes(note);
        out.writeBytes(payload);
        return out.toByteArray();
    }

    /** The record as an entry, as if it had been read from the log. */
    LogEntry toEntry(RecordKind kind, String key) {
        return new LogEntry(
                position,
                createPosition,
                new Change(
                        kind,
                        kind.isDurable() ? null : scope(note),
                        key,
                        version,
                        createVersion,
                        RecordCodec.value(kind, payload, note)));
    }

    static byte[] noteOf(Change change) {
        PeerScope peer = change.peer();
        if (peer != null) {
            return note(peer).getBytes(UTF_8);
        }
        if (change.value() instanceof Check check) {
            return RecordCodec.write(new RecordCodec.Report(check.status(), check.output()));
        }
        if (change.value() instanceof CheckReport report) {
            return RecordCodec.write(new RecordCodec.Report(report.status(), report.output()));
        }
        if (change.value() instanceof ServiceRecord record) {
            return place(record.service()).getBytes(UTF_8);
        }
        return NOTHING;
    }

    /** Under which names it is found: its own, and that of the service it stands for in the mesh. */
    private static String place(Service service) {
        return service.name() + '\u001f' + VirtualAddresses.carriedBy(service).orElse("");
    }

    private static String note(PeerScope peer) {
        return peer.id().value() + " " + peer.name().value();
    }

    static @Nullable PeerScope scope(byte[] note) {
        if (note.length == 0) {
            return null;
        }
        String text = new String(note, UTF_8);
        int space = text.indexOf(' ');
        return new PeerScope(new PeerName(text.substring(space + 1)), new PeeringId(text.substring(0, space)));
    }
}
