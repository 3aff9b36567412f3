package dev.entente.engine.port;

import org.jspecify.annotations.Nullable;

/**
 * One visible change of one record: its complete new value, or its removal.
 *
 * @param peer set exactly for imported kinds
 * @param version grows with every change of the record; given by PostgreSQL under a lock for durable kinds (there it is also
 *     the {@code ModifyIndex}); for the end of all imports that of the peering's record, 0 for the others, whose order is that of
 *     the log
 * @param createVersion the version at which the record came into being; {@code CreateIndex} of durable kinds
 * @param value null for a removal
 */
public record Change(
        RecordKind kind,
        @Nullable PeerScope peer,
        String key,
        long version,
        long createVersion,
        @Nullable Object value) {
    public Change {
        if (value != null && !kind.valueType().isInstance(value)) {
            throw new IllegalArgumentException(
                    kind + " cannot carry a " + value.getClass().getSimpleName());
        }
    }

    /** A new or changed durable record. */
    public static Change upsert(RecordKind kind, String key, long version, long createVersion, Object value) {
        return new Change(kind, null, key, version, createVersion, value);
    }

    /** A removed durable record. */
    public static Change removal(RecordKind kind, String key, long version) {
        return new Change(kind, null, key, version, 0, null);
    }

    /** A report of a check. */
    public static Change report(String node, String checkId, CheckReport report) {
        return new Change(RecordKind.CHECK_REPORT, null, Keys.check(node, checkId), 0, 0, report);
    }

    /** A new state of something imported. */
    public static Change imported(RecordKind kind, PeerScope peer, String key, Object value) {
        return new Change(kind, peer, key, 0, 0, value);
    }

    /** The end of something imported. */
    public static Change importRemoval(RecordKind kind, PeerScope peer, String key) {
        return new Change(kind, peer, key, 0, 0, null);
    }

    /**
     * The end of everything imported of a peering.
     *
     * @param version of the record of the peering that is over; void when there is a newer one of the same peering
     */
    public static Change importsDropped(PeerScope peer, long version) {
        return new Change(RecordKind.IMPORTS_DROPPED, peer, "", version, 0, null);
    }

    public boolean isRemoval() {
        return value == null;
    }
}
