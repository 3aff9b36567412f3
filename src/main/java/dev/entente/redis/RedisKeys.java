package dev.entente.redis;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.engine.port.RecordKind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The names of all keys of one partition. They share the hash tag {@code {partition}}, so that a script touches one slot of a
 * Redis Cluster (architecture §2).
 */
record RedisKeys(String prefix) {
    /** Kinds that have a hot hash; reports stand in the record of their check. */
    static final List<RecordKind> DURABLE_KINDS =
            Arrays.stream(RecordKind.values()).filter(RecordKind::isDurable).toList();

    /** Stands among the versions of removed records, where every other field begins with a kind. */
    static final String LAST_REMOVAL = "last";

    /** Stands there too: up to which version the log began with everything. */
    static final String SETTLED = "settled";

    static RedisKeys of(PartitionName partition) {
        return new RedisKeys("entente:{" + partition.value() + "}:");
    }

    /** The position of the newest entry; the log exists while this key does. */
    String position() {
        return prefix + "position";
    }

    /** The stream of changes; an entry's id is its position. */
    String log() {
        return prefix + "log";
    }

    /** Names one life of the store, while the partition has no log. */
    String life() {
        return prefix + "life";
    }

    /** Which replica is beginning the log. */
    String loading() {
        return prefix + "loading";
    }

    /**
     * Versions of removed records, under {@link #LAST_REMOVAL} the position of the newest removal, and under {@link #SETTLED} the version
     * with which the log began.
     */
    String removed() {
        return prefix + "removed";
    }

    /** When they were removed. */
    String removedAt() {
        return prefix + "removed-at";
    }

    /** Which peering the imports under a peer's name belong to. */
    String importers() {
        return prefix + "importers";
    }

    /** Ids of peerings whose imports were dropped, with the time. */
    String dropped() {
        return prefix + "dropped";
    }

    /** The records of a kind, by key. */
    String hot(RecordKind kind) {
        RecordKind held = kind == RecordKind.CHECK_REPORT ? RecordKind.CHECK : kind;
        return prefix + "hot:" + held.name();
    }

    /** All that was imported from one peer: one hash, so that dropping it is one {@code UNLINK}, freed in the background. */
    String imports(PeerName peer) {
        return importsPrefix() + peer.key();
    }

    String importsPrefix() {
        return prefix + "imports:";
    }

    String lease(String name) {
        return prefix + "lease:" + name;
    }

    /** The last fencing token given out. */
    String fence() {
        return prefix + "fence";
    }

    String statuses() {
        return prefix + "statuses";
    }

    String live(PeeringId peering) {
        return livePrefix() + peering.value();
    }

    String livePrefix() {
        return prefix + "live:";
    }

    /** What {@code append.lua} takes before the hot hashes; without a lease any key of the slot stands in its place. */
    List<String> ofAppend(String lease) {
        return List.of(
                position(), log(), removed(), removedAt(), importers(), dropped(), lease, hot(RecordKind.PEERING));
    }

    /** What {@code begin_start.lua} takes. */
    List<String> ofBeginning() {
        return Stream.concat(
                        Stream.of(position(), loading(), life(), importers(), log(), removed(), removedAt(), dropped()),
                        DURABLE_KINDS.stream().map(this::hot))
                .toList();
    }
}
