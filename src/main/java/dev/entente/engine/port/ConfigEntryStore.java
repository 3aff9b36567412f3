package dev.entente.engine.port;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Config entries, changed only under the lock of their kind and name. */
public interface ConfigEntryStore {

    /**
     * What a decision leaves behind: {@code keep} leaves all as it is, otherwise the entry is written, or removed when empty.
     *
     * @param result handed to the caller
     */
    record Decision<T>(boolean keep, Optional<ConfigEntry> entry, T result) {}

    /** Decides about one entry alone. */
    <T> Uni<Committed<T>> decide(
            PartitionName partition,
            String kind,
            String name,
            Function<Optional<Indexed<ConfigEntry>>, Outcome<Decision<T>>> decision);

    /** The entry that is decided about, and all entries of its partition of the kinds that were asked for. */
    record Among(Optional<Indexed<ConfigEntry>> held, List<ConfigEntry> all) {}

    /** Decides about one entry in the light of others. Of such decisions in a partition one is made after the other. */
    <T> Uni<Committed<T>> decideAmong(
            PartitionName partition,
            ConfigEntryName name,
            Set<String> kinds,
            Function<Among, Outcome<Decision<T>>> decision);

    /** Which entry is meant. */
    record ConfigEntryName(String kind, String name) {}
}
