package dev.entente.rest.json;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.query.Filter;
import dev.entente.domain.query.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where shown things belong.
 *
 * @param peer as the peering spells it; null for what is local
 */
public record Origin(PartitionName partition, @Nullable PeerName peer) {

    /** The things of this place that a filter lets pass. */
    public <T> List<T> only(Filter<Row<T>> filter, List<T> things) {
        return filter.of(things, this::row);
    }

    /** The same for things with their indexes, which no filter selects. */
    public <T> List<Indexed<T>> onlyIndexed(Filter<Row<T>> filter, List<Indexed<T>> things) {
        return filter.of(things, thing -> row(thing.value()));
    }

    /** A thing of this place, as filters look at it. */
    public <T> Row<T> row(T thing) {
        return new Row<>(partition.external(), peerText(), thing);
    }

    String peerText() {
        return peer == null ? "" : peer.value();
    }
}
