package dev.entente.rest.json;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import org.jspecify.annotations.Nullable;

/**
 * Where shown things belong.
 *
 * @param peer as the peering spells it; null for what is local
 */
public record Origin(PartitionName partition, @Nullable PeerName peer) {

    String peerText() {
        return peer == null ? "" : peer.value();
    }
}
