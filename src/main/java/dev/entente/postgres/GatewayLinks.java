package dev.entente.postgres;

import dev.entente.domain.catalog.VirtualAddresses;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.TerminatingGatewayEntry;
import dev.entente.domain.config.TerminatingGatewayEntry.LinkedService;
import dev.entente.domain.identity.PartitionName;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/**
 * Which services the config entries of terminating gateways name. Instances of a gateway carry the addresses of those, so who writes
 * an instance and who writes the entry exclude each other by a lock.
 */
final class GatewayLinks {
    private static final String ENTRIES = "select payload from config_entries where partition = :partition and kind = '"
            + TerminatingGatewayEntry.KIND + "'";
    private static final String OF_THESE = ENTRIES + " and lower(name) = any(cast(:gateways as text[]))";

    private GatewayLinks() {}

    /** Taken before the locks of nodes. */
    static LockKey lock(PartitionName partition, String gateway) {
        return LockKey.of("gateway links", partition, VirtualAddresses.key(gateway));
    }

    /** By the keys of the gateways' names, which are locked; empty for one without an entry. */
    static Uni<Map<String, List<String>>> of(StatelessSession session, PartitionName partition, Set<String> gateways) {
        if (gateways.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return session.createNativeQuery(OF_THESE, String.class)
                .setParameter("partition", partition.value())
                .setParameter("gateways", gateways.toArray(String[]::new))
                .getResultList()
                .map(payloads -> links(gateways, payloads));
    }

    private static Map<String, List<String>> links(Set<String> gateways, List<String> payloads) {
        Map<String, List<String>> links = new HashMap<>();
        gateways.forEach(gateway -> links.put(gateway, List.of()));
        for (String payload : payloads) {
            ConfigEntry entry = Payloads.read(payload, ConfigEntry.class);
            links.put(VirtualAddresses.key(entry.name()), names(entry));
        }
        return links;
    }

    /** The keys of all services that some gateway of the partition names. */
    static Uni<Set<String>> all(StatelessSession session, PartitionName partition) {
        return session.createNativeQuery(ENTRIES, String.class)
                .setParameter("partition", partition.value())
                .getResultList()
                .map(payloads -> {
                    Set<String> keys = new HashSet<>();
                    payloads.forEach(payload -> names(Payloads.read(payload, ConfigEntry.class))
                            .forEach(name -> keys.add(VirtualAddresses.key(name))));
                    return keys;
                });
    }

    /** The services that an entry names; none when it is of another kind. */
    static List<String> names(ConfigEntry entry) {
        return entry instanceof TerminatingGatewayEntry gateway
                ? gateway.services().stream().map(LinkedService::name).toList()
                : List.of();
    }
}
