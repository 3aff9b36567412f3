package dev.entente.postgres;

import dev.entente.domain.identity.Secret;
import dev.entente.domain.identity.SecretHash;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.PeeringSecrets;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of peerings (protocol chapter 1.6): hashes, each in use at most once in the whole cluster, and the dialer's stream
 * secret sealed under the store key.
 */
@ApplicationScoped
class PeeringSecretRows {
    private static final String ESTABLISHMENT = "establishment";
    private static final String PENDING = "pending";
    private static final String ACTIVE = "active";
    private static final String DIALING = "dialing";
    private static final String SELECT =
            "select slot, hash from peering_secrets where partition = :partition and name_key = :name";
    private static final String DELETE = """
            delete from peering_secrets
             where partition = :partition and name_key = :name and hash <> all(cast(:hashes as text[]))
            """;
    /** A hash that moves from one slot to another keeps its row; one that is another peering's is not touched. */
    private static final String INSERT = """
            insert into peering_secrets (hash, partition, name_key, slot)
            select h, :partition, :name, s from unnest(cast(:hashes as text[]), cast(:slots as text[])) as given(h, s)
            on conflict (hash) do update set slot = excluded.slot
             where peering_secrets.partition = excluded.partition and peering_secrets.name_key = excluded.name_key
            """;

    private final StoreCipher cipher;

    PeeringSecretRows(StoreCipher cipher) {
        this.cipher = cipher;
    }

    Uni<PeeringSecrets> load(StatelessSession session, PeeringRow row) {
        return session.createNativeQuery(SELECT, Object[].class)
                .setParameter("partition", row.partition)
                .setParameter("name", row.nameKey)
                .getResultList()
                .map(rows -> secrets(row, rows));
    }

    /** Puts the dialer's secret into the row; tells whether it is another than before. */
    boolean seal(PeeringRow row, Peering peering, PeeringSecrets secrets) {
        Secret now = secrets.dialing();
        boolean sameId = row.dialingSealed == null || peering.id().value().equals(row.peeringId);
        if (sameId && Objects.equals(now, dialing(row))) {
            return false;
        }
        row.dialingSealed = now == null ? null : cipher.seal(place(peering.id().value()), now.reveal());
        return true;
    }

    /** Makes the hashes of a peering those of its secrets; refuses a value that is in use. */
    Uni<Void> replace(StatelessSession session, PeeringRow row, PeeringSecrets secrets) {
        Map<String, String> slotOfHash = slotOfHash(secrets);
        String[] hashes = slotOfHash.keySet().toArray(String[]::new);
        return session.createNativeQuery(DELETE)
                .setParameter("partition", row.partition)
                .setParameter("name", row.nameKey)
                .setParameter("hashes", hashes)
                .executeUpdate()
                .chain(() -> insert(session, row, slotOfHash));
    }

    private Uni<Void> insert(StatelessSession session, PeeringRow row, Map<String, String> slotOfHash) {
        if (slotOfHash.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return session.createNativeQuery(INSERT)
                .setParameter("partition", row.partition)
                .setParameter("name", row.nameKey)
                .setParameter("hashes", slotOfHash.keySet().toArray(String[]::new))
                .setParameter("slots", slotOfHash.values().toArray(String[]::new))
                .executeUpdate()
                .invoke(written -> requireAll(written, slotOfHash.size()))
                .replaceWithVoid();
    }

    private static void requireAll(int written, int wanted) {
        if (written != wanted) {
            throw Refusals.secretInUse();
        }
    }

    private static Map<String, String> slotOfHash(PeeringSecrets secrets) {
        Map<String, String> slots = new TreeMap<>();
        put(slots, secrets.establishment(), ESTABLISHMENT);
        put(slots, secrets.pending(), PENDING);
        put(slots, secrets.active(), ACTIVE);
        Secret dialing = secrets.dialing();
        put(slots, dialing == null ? null : dialing.hash(), DIALING);
        return slots;
    }

    private static void put(Map<String, String> slots, @Nullable SecretHash hash, String slot) {
        if (hash != null && slots.put(hash.hex(), slot) != null) {
            throw Refusals.secretInUse();
        }
    }

    private PeeringSecrets secrets(PeeringRow row, List<Object[]> rows) {
        Map<String, SecretHash> bySlot = new HashMap<>();
        rows.forEach(found -> bySlot.put((String) found[0], new SecretHash((String) found[1])));
        return new PeeringSecrets(bySlot.get(ESTABLISHMENT), bySlot.get(PENDING), bySlot.get(ACTIVE), dialing(row));
    }

    private @Nullable Secret dialing(PeeringRow row) {
        byte[] sealed = row.dialingSealed;
        return sealed == null ? null : new Secret(cipher.open(place(row.peeringId), sealed));
    }

    private static String place(String peeringId) {
        return "peering " + peeringId;
    }
}
