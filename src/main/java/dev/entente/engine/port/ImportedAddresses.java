package dev.entente.engine.port;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Set;

/**
 * Gives the services of peers their virtual addresses (protocol chapter 4.2). No address is given twice, and a service keeps its own
 * until it is no longer among those that are retained, also over a loss of the hot state.
 */
public interface ImportedAddresses {

    /** The addresses of these services, given now where there is none yet; by {@code VirtualAddresses.key}. Empty with Connect off. */
    Uni<Map<String, String>> assign(PartitionName partition, PeerName peer, Set<String> services);

    /** Takes the addresses of all other services of the peer back. */
    Uni<Void> retain(PartitionName partition, PeerName peer, Set<String> services);
}
