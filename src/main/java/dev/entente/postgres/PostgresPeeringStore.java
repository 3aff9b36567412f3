package dev.entente.postgres;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.peering.Peering;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.PeeringStore;
import dev.entente.engine.port.RecordKind;
import dev.entente.postgres.VirtualAddressRows.Owner;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Peerings in PostgreSQL; each name is decided on under its own lock, so a single-use secret is used once. */
@ApplicationScoped
class PostgresPeeringStore implements PeeringStore {
    private final Transactions transactions;
    private final PeeringSecretRows secrets;

    PostgresPeeringStore(Transactions transactions, PeeringSecretRows secrets) {
        this.transactions = transactions;
        this.secrets = secrets;
    }

    @Override
    public Uni<Optional<Held>> byName(PartitionName partition, PeerName name) {
        return transactions.reading(session -> load(session, partition, name).chain(row -> held(session, row)));
    }

    @Override
    public Uni<Optional<Held>> byId(PeeringId id) {
        return transactions.reading(
                session -> session.createSelectionQuery("from PeeringRow where peeringId = :id", PeeringRow.class)
                        .setParameter("id", id.value())
                        .getSingleResultOrNull()
                        .chain(row -> held(session, row)));
    }

    @Override
    public <T> Uni<Committed<T>> decide(
            PartitionName partition, PeerName name, Function<Optional<Held>, Outcome<Decision<T>>> decision) {
        LockKey lock = LockKey.of("peering", partition, name.key());
        return transactions.locked(lock, transaction -> {
            transaction.inLogOf(partition);
            return load(transaction.session(), partition, name)
                    .chain(row -> held(transaction.session(), row)
                            .map(held -> decision.apply(held).orThrow())
                            .call(decided -> write(transaction, new Place(partition, name), row, decided))
                            .map(Decision::result));
        });
    }

    private record Place(PartitionName partition, PeerName name) {}

    private static Uni<@Nullable PeeringRow> load(StatelessSession session, PartitionName partition, PeerName name) {
        return session.get(PeeringRow.class, new PeeringRow.Key(partition.value(), name.key()));
    }

    private Uni<Optional<Held>> held(StatelessSession session, @Nullable PeeringRow row) {
        if (row == null) {
            return Uni.createFrom().item(Optional.empty());
        }
        Peering peering = Payloads.read(row.payload, Peering.class);
        return secrets.load(session, row)
                .map(found -> Optional.of(new Held(peering, found, row.createVersion, row.modifyVersion)));
    }

    private Uni<Void> write(Transaction transaction, Place place, @Nullable PeeringRow row, Decision<?> decided) {
        Peering peering = decided.peering();
        if (peering == null) {
            return row == null ? Uni.createFrom().voidItem() : remove(transaction, row);
        }
        requireSamePlace(place, peering);
        PeeringRow target = row == null ? newRow(transaction, place) : row;
        boolean changed = row == null || !Payloads.areEqual(Payloads.read(row.payload, Peering.class), peering);
        boolean resealed = secrets.seal(target, peering, decided.secrets());
        if (changed) {
            target.peeringId = peering.id().value();
            target.payload = Payloads.write(peering);
            target.modifyVersion = transaction.version();
            transaction.upsert(RecordKind.PEERING, target.nameKey, target.createVersion, peering);
        }
        return store(transaction.session(), target, row == null, changed || resealed)
                .chain(() -> secrets.replace(transaction.session(), target, decided.secrets()));
    }

    private static Uni<Void> store(StatelessSession session, PeeringRow row, boolean isNew, boolean differs) {
        if (isNew) {
            return session.insert(row)
                    .onFailure(Failures::isForeignKeyViolation)
                    .transform(Refusals::noSuchPartition);
        }
        return differs ? session.update(row) : Uni.createFrom().voidItem();
    }

    /** What a peer exported has gone before; with the record go the addresses that it had. */
    private static Uni<Void> remove(Transaction transaction, PeeringRow row) {
        transaction.removal(RecordKind.PEERING, row.nameKey);
        return transaction
                .session()
                .delete(row)
                .chain(() -> PostgresImportedAddresses.retain(
                        transaction.session(), new Owner(new PartitionName(row.partition), row.nameKey), Set.of()));
    }

    private static PeeringRow newRow(Transaction transaction, Place place) {
        PeeringRow row = new PeeringRow();
        row.partition = place.partition().value();
        row.nameKey = place.name().key();
        row.createVersion = transaction.version();
        return row;
    }

    private static void requireSamePlace(Place place, Peering peering) {
        if (!peering.partition().equals(place.partition())
                || !peering.name().key().equals(place.name().key())) {
            throw new IllegalArgumentException("a decision on " + place.name() + " cannot write " + peering.name());
        }
    }
}
