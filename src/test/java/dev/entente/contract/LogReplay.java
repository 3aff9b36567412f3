package dev.entente.contract;

import dev.entente.domain.catalog.Check;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.port.PeerScope;
import dev.entente.engine.port.RecordKind;
import java.util.List;
import java.util.TreeMap;

/** The simplest reader of a log: what it holds after loading and following must be what the log holds. */
public final class LogReplay {
    private final TreeMap<String, LogEntry> records = new TreeMap<>();
    private long position;

    public LogReplay load(long loadedPosition, List<LogEntry> entries) {
        position = loadedPosition;
        entries.forEach(entry -> records.put(id(entry.change()), entry));
        return this;
    }

    public LogReplay apply(List<LogEntry> entries) {
        entries.forEach(this::apply);
        return this;
    }

    public long position() {
        return position;
    }

    /** All records with their positions, in the order of their ids. */
    public TreeMap<String, LogEntry> records() {
        return records;
    }

    private void apply(LogEntry entry) {
        position = entry.position();
        Change change = entry.change();
        if (change.kind() == RecordKind.IMPORTS_DROPPED) {
            records.values().removeIf(held -> isOf(held, change.peer()) && held.position() < entry.position());
            return;
        }
        LogEntry held = records.get(id(change));
        if (held != null && held.position() >= entry.position()) {
            return;
        }
        if (change.value() instanceof CheckReport report) {
            applyReport(entry, held, report);
        } else if (change.isRemoval()) {
            records.remove(id(change));
        } else {
            records.put(id(change), entry);
        }
    }

    private void applyReport(LogEntry entry, LogEntry held, CheckReport report) {
        if (held == null) {
            return; // removed further on; the load did not show it
        }
        Change old = held.change();
        Check check =
                ((Check) java.util.Objects.requireNonNull(old.value())).withReport(report.status(), report.output());
        records.put(
                id(old),
                new LogEntry(
                        entry.position(),
                        entry.createPosition(),
                        Change.upsert(RecordKind.CHECK, old.key(), old.version(), old.createVersion(), check)));
    }

    private static boolean isOf(LogEntry held, PeerScope peer) {
        return peer.equals(held.change().peer());
    }

    private static String id(Change change) {
        PeerScope peer = change.peer();
        RecordKind kind = change.kind() == RecordKind.CHECK_REPORT ? RecordKind.CHECK : change.kind();
        return kind + "/" + (peer == null ? "" : peer.name().key()) + "/" + change.key();
    }
}
