package dev.entente.fake;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.VirtualAddresses;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.peering.Peering;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ChangeLog;
import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.ImportsDroppedException;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.port.LogTrimmedException;
import dev.entente.engine.port.PeerScope;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.port.ServiceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The hot state and the log of one partition: the rules of {@code append.lua} over maps. */
public final class InMemoryHotState {
    private final List<LogEntry> log = new ArrayList<>();
    private final Map<String, LogEntry> held = new TreeMap<>();
    private final Map<String, Long> removed = new HashMap<>();
    private final Map<String, PeerScope> importers = new TreeMap<>();
    private final Map<String, Map<String, LogEntry>> imports = new TreeMap<>();
    private final Set<PeeringId> dropped = new HashSet<>();
    private final long settled;
    private long position;
    private long lastRemoval;

    InMemoryHotState(ChangeLog.Beginning beginning) {
        long first = beginning.epoch() << 32;
        position = first;
        settled = beginning.settled();
        beginning.records().forEach(record -> held.put(id(record), new LogEntry(first, first, record)));
    }

    long position() {
        return position;
    }

    long lastRemoval() {
        return lastRemoval;
    }

    List<LogEntry> all() {
        List<LogEntry> all = new ArrayList<>(held.values());
        imports.values().forEach(ofPeer -> all.addAll(ofPeer.values()));
        return all;
    }

    /** The position of the newest entry. */
    public long newest() {
        return position;
    }

    /** Whose imports are held under each name. */
    public Map<String, PeerScope> importers() {
        return importers;
    }

    /** The value that is held of something imported; null when nothing is. */
    public @Nullable Object imported(PeerName peer, RecordKind kind, String key) {
        LogEntry entry = imports.getOrDefault(peer.key(), Map.of()).get(kind + "/" + key);
        return entry == null ? null : entry.change().value();
    }

    /** The keys of what is held of a kind from a peer. */
    public Set<String> importedKeys(PeerName peer, RecordKind kind) {
        Set<String> keys = new java.util.TreeSet<>();
        imports.getOrDefault(peer.key(), Map.of()).values().stream()
                .map(LogEntry::change)
                .filter(change -> change.kind() == kind)
                .forEach(change -> keys.add(change.key()));
        return keys;
    }

    /** The local records. */
    public List<Change> records() {
        return held.values().stream().map(LogEntry::change).toList();
    }

    List<LogEntry> after(long after) {
        if (position >> 32 != after >> 32 || position < after) {
            throw new LogTrimmedException("the log began anew");
        }
        int missing = (int) (position - after);
        if (missing > log.size()) {
            throw new LogTrimmedException("entries are gone");
        }
        return List.copyOf(log.subList(log.size() - missing, log.size()));
    }

    void trim(int keep) {
        if (log.size() > keep) {
            log.subList(0, log.size() - keep).clear();
        }
    }

    void appendDurable(Change change, Optional<PeeringId> active) {
        if (change.value() instanceof CheckReport report) {
            report(change, report);
        } else if (change.isRemoval()) {
            remove(change);
        } else if (isNewer(change)) {
            removed.remove(id(change));
            active.ifPresent(dropped::remove);
            LogEntry before = held.get(id(change));
            position++;
            LogEntry entry = new LogEntry(position, before == null ? position : before.createPosition(), change);
            held.put(id(change), entry);
            log.add(entry);
            if (before != null && !placeOf(before.change()).equals(placeOf(change))) {
                lastRemoval = position;
            }
        }
    }

    /** What a record is part of: where it was before there is one less. */
    private static List<String> placeOf(Change change) {
        if (change.value() instanceof ServiceRecord record) {
            Service service = record.service();
            return List.of(service.name(), VirtualAddresses.carriedBy(service).orElse(""));
        }
        return change.value() instanceof Check check ? List.of(check.serviceId()) : List.of();
    }

    private boolean isNewer(Change change) {
        LogEntry before = held.get(id(change));
        long known = before == null
                ? removed.getOrDefault(id(change), settled)
                : before.change().version();
        return change.version() > known;
    }

    private void remove(Change change) {
        if (!isNewer(change)) {
            return;
        }
        removed.put(id(change), change.version());
        LogEntry before = held.remove(id(change));
        if (before != null) {
            log(
                    before.createPosition(),
                    new Change(
                            change.kind(),
                            null,
                            change.key(),
                            change.version(),
                            before.change().createVersion(),
                            null));
            lastRemoval = position;
        }
    }

    private void report(Change change, CheckReport report) {
        LogEntry before = held.get(RecordKind.CHECK + "/" + change.key());
        if (before == null
                || (report.definitionVersion() != 0
                        && report.definitionVersion() != before.change().version())) {
            return;
        }
        Check check = (Check) Objects.requireNonNull(before.change().value());
        if (check.status().equals(report.status()) && check.output().equals(report.output())) {
            return;
        }
        long version = before.change().version();
        log(
                before.createPosition(),
                Change.report(check.node(), check.id(), new CheckReport(report.status(), report.output(), version)));
        Change reported = Change.upsert(
                RecordKind.CHECK,
                change.key(),
                version,
                before.change().createVersion(),
                check.withReport(report.status(), report.output()));
        held.put(RecordKind.CHECK + "/" + change.key(), new LogEntry(position, before.createPosition(), reported));
    }

    /** Whether the change counts; one of a peering whose imports were dropped fails. */
    boolean appendImport(Change change, PeerScope peer) {
        if (change.kind() == RecordKind.IMPORTS_DROPPED) {
            return drop(change, peer);
        }
        requireImporter(peer);
        Map<String, LogEntry> ofPeer = imports.computeIfAbsent(peer.name().key(), key -> new TreeMap<>());
        LogEntry before = ofPeer.get(id(change));
        if (change.isRemoval()) {
            if (before != null) {
                ofPeer.remove(id(change));
                log(before.createPosition(), change);
                lastRemoval = position;
            }
        } else if (before == null || !Objects.equals(before.change().value(), change.value())) {
            position++;
            LogEntry entry = new LogEntry(position, before == null ? position : before.createPosition(), change);
            ofPeer.put(id(change), entry);
            log.add(entry);
        }
        return true;
    }

    private void requireImporter(PeerScope peer) {
        if (dropped.contains(peer.id())) {
            throw new ImportsDroppedException("dropped");
        }
        PeerScope owner = importers.get(peer.name().key());
        if (owner == null || !owner.id().equals(peer.id())) {
            if (owner != null) {
                dropped.add(owner.id());
                forget(owner);
            }
            importers.put(peer.name().key(), peer);
        }
    }

    private boolean drop(Change change, PeerScope peer) {
        if (isBack(change, peer) || !dropped.add(peer.id())) {
            return false;
        }
        PeerScope owner = importers.get(peer.name().key());
        if (owner == null || owner.id().equals(peer.id())) {
            forget(Objects.requireNonNull(change.peer()));
        }
        return true;
    }

    /** A newer record of the same peering: who clears away comes late. */
    private boolean isBack(Change change, PeerScope peer) {
        LogEntry record = held.get(RecordKind.PEERING + "/" + peer.name().key());
        return record != null
                && record.change().version() > change.version()
                && record.change().value() instanceof Peering peering
                && peering.id().equals(peer.id());
    }

    private void forget(PeerScope peer) {
        imports.remove(peer.name().key());
        importers.remove(peer.name().key());
        log(position + 1, Change.importRemoval(RecordKind.IMPORTS_DROPPED, peer, ""));
    }

    private void log(long createPosition, Change change) {
        position++;
        log.add(new LogEntry(position, createPosition, change));
    }

    private static String id(Change change) {
        return change.kind() + "/" + change.key();
    }
}
