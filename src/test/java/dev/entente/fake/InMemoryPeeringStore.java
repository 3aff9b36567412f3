package dev.entente.fake;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.identity.SecretHash;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.PeeringSecrets;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.PeeringStore;
import dev.entente.engine.port.RecordKind;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Peerings in memory; one decision at a time. */
public final class InMemoryPeeringStore implements PeeringStore {
    private final Map<String, Held> held = new LinkedHashMap<>();
    private final LongSupplier versions;
    private long version;

    public InMemoryPeeringStore() {
        this(new AtomicLong()::incrementAndGet);
    }

    /** Draws the versions of its records from a sequence that it may share with others. */
    public InMemoryPeeringStore(LongSupplier versions) {
        this.versions = versions;
    }

    @Override
    public Uni<Optional<Held>> byName(PartitionName partition, PeerName name) {
        return Uni.createFrom().item(() -> find(key(partition, name)));
    }

    @Override
    public Uni<Optional<Held>> byId(PeeringId id) {
        return Uni.createFrom().item(() -> findById(id));
    }

    /** All peerings as the changes that made them what they are. */
    public synchronized List<Change> durableRecords() {
        return held.values().stream()
                .map(row -> Change.upsert(
                        RecordKind.PEERING,
                        row.peering().name().key(),
                        row.modifyIndex(),
                        row.createIndex(),
                        row.peering()))
                .toList();
    }

    /** All that is held. */
    public synchronized List<Held> all() {
        return List.copyOf(held.values());
    }

    @Override
    public <T> Uni<Committed<T>> decide(
            PartitionName partition, PeerName name, Function<Optional<Held>, Outcome<Decision<T>>> decision) {
        return Uni.createFrom().item(() -> decideNow(partition, name, decision));
    }

    private synchronized Optional<Held> find(String key) {
        return Optional.ofNullable(held.get(key));
    }

    private synchronized Optional<Held> findById(PeeringId id) {
        return held.values().stream()
                .filter(found -> found.peering().id().equals(id))
                .findFirst();
    }

    private synchronized <T> Committed<T> decideNow(
            PartitionName partition, PeerName name, Function<Optional<Held>, Outcome<Decision<T>>> decision) {
        String key = key(partition, name);
        Optional<Held> before = Optional.ofNullable(held.get(key));
        Decision<T> decided = decision.apply(before).orThrow();
        List<Change> changes = write(key, name, before, decided);
        return new Committed<>(decided.result(), changes.isEmpty() ? 0 : version, changes);
    }

    private List<Change> write(String key, PeerName name, Optional<Held> before, Decision<?> decided) {
        Peering after = decided.peering();
        if (after == null) {
            held.remove(key);
            return before.isEmpty() ? List.of() : List.of(Change.removal(RecordKind.PEERING, name.key(), draw()));
        }
        requireNewSecrets(key, decided.secrets());
        boolean same = before.map(Held::peering).filter(after::equals).isPresent();
        long modified = same ? before.orElseThrow().modifyIndex() : draw();
        long created = before.map(Held::createIndex).orElse(modified);
        held.put(key, new Held(after, decided.secrets(), created, modified));
        return same ? List.of() : List.of(Change.upsert(RecordKind.PEERING, name.key(), modified, created, after));
    }

    private long draw() {
        version = versions.getAsLong();
        return version;
    }

    private void requireNewSecrets(String key, PeeringSecrets secrets) {
        List<SecretHash> wanted = hashes(secrets).toList();
        boolean used = held.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(key))
                .flatMap(entry -> hashes(entry.getValue().secrets()))
                .anyMatch(wanted::contains);
        if (used) {
            throw new RefusedException(Refusal.invalid("peering secret is already in use, retry the operation"));
        }
    }

    private static Stream<SecretHash> hashes(PeeringSecrets secrets) {
        return Stream.of(secrets.establishment(), secrets.pending(), secrets.active())
                .filter(Objects::nonNull);
    }

    private static String key(PartitionName partition, PeerName name) {
        return partition + "/" + name.key();
    }
}
