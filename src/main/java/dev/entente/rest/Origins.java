package dev.entente.rest;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.engine.view.Everywhere;
import dev.entente.engine.view.Everywhere.Part;
import dev.entente.engine.view.Found;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.View;
import dev.entente.rest.http.Call;
import dev.entente.rest.json.Origin;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells where what a request asks for belongs, with the peer's name as its peering spells it. */
@Singleton
final class Origins {
    private final View view;

    Origins(View view) {
        this.view = view;
    }

    Origin of(Call call) {
        PartitionName partition = call.partition();
        PeerName peer = call.peer();
        if (peer == null) {
            return new Origin(partition, null);
        }
        return new Origin(partition, spelled(partition, peer));
    }

    /** The peer's name as its peering spells it. */
    PeerName spelled(PartitionName partition, PeerName peer) {
        return view.partition(partition)
                .flatMap(tables -> tables.peering(peer))
                .map(peering -> peering.value().name())
                .orElse(peer);
    }

    /** Reads the catalog of one peer, or for none the local one and those of all peers. */
    <T extends Collection<?>> Found<List<Part<T>>> parts(
            PartitionView view, @Nullable PeerName only, Function<@Nullable PeerName, Found<T>> read) {
        return only == null
                ? Everywhere.read(view, read)
                : read.apply(only).map(found -> List.of(new Part<>(spelled(view.partition(), only), found)));
    }
}
