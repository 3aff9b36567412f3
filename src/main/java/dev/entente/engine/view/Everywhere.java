package dev.entente.engine.view;

import dev.entente.domain.identity.PeerName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads of the local catalog and, behind it, of what each peer exports to us. */
public final class Everywhere {
    private Everywhere() {}

    /** A part of an answer; a null peer means the local catalog. */
    public record Part<T>(@Nullable PeerName peer, T value) {}

    /** Reads each catalog; of a peer that shows nothing there is no part. The index is that of the newest change in any. */
    public static <T extends Collection<?>> Found<List<Part<T>>> read(
            PartitionView view, Function<@Nullable PeerName, Found<T>> read) {
        List<Part<T>> parts = new ArrayList<>();
        Found<T> local = read.apply(null);
        parts.add(new Part<>(null, local.value()));
        long index = local.index();
        for (PeerName peer : view.exporters()) {
            Found<T> imported = read.apply(peer);
            if (!imported.value().isEmpty()) {
                parts.add(new Part<>(peer, imported.value()));
            }
            index = Math.max(index, imported.index());
        }
        return new Found<>(index, parts);
    }
}
