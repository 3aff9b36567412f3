package dev.entente.postgres;

import dev.entente.config.AgentSettings;
import dev.entente.domain.catalog.VirtualAddresses;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.engine.port.ImportedAddresses;
import dev.entente.postgres.VirtualAddressRows.Owner;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Virtual addresses of what peers export, in PostgreSQL: there they outlive the imports themselves, which a peer sends again. */
@ApplicationScoped
class PostgresImportedAddresses implements ImportedAddresses {
    private static final String OTHERS = """
            select number from virtual_addresses
             where partition = :partition and peer = :peer and not (service = any(cast(:services as text[])))
             order by number for update
            """;

    private final Transactions transactions;
    private final AgentSettings settings;

    PostgresImportedAddresses(Transactions transactions, AgentSettings settings) {
        this.transactions = transactions;
        this.settings = settings;
    }

    @Override
    public Uni<Map<String, String>> assign(PartitionName partition, PeerName peer, Set<String> services) {
        if (!settings.connectEnabled() || services.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return transactions
                .writing(session -> VirtualAddressRows.assign(session, new Owner(partition, peer.key()), services))
                .map(numbers -> {
                    Map<String, String> addresses = new HashMap<>();
                    numbers.forEach((service, number) -> addresses.put(service, VirtualAddresses.text(number)));
                    return addresses;
                });
    }

    @Override
    public Uni<Void> retain(PartitionName partition, PeerName peer, Set<String> services) {
        return transactions.writing(session -> retain(session, new Owner(partition, peer.key()), services));
    }

    static Uni<Void> retain(StatelessSession session, Owner owner, Set<String> services) {
        return session.createNativeQuery(OTHERS, Long.class)
                .setParameter("partition", owner.partition().value())
                .setParameter("peer", owner.peer())
                .setParameter(
                        "services", services.stream().map(VirtualAddresses::key).toArray(String[]::new))
                .getResultList()
                .chain(numbers -> VirtualAddressRows.free(session, numbers));
    }
}
