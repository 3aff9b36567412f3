package dev.entente.engine.config;

import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ConfigKind;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.access.Caller;
import io.smallrye.mutiny.Uni;
import java.util.OptionalLong;

/** Changes of config entries (protocol chapter 6.6). Reads go through the view. */
public interface ConfigEntries {

    /**
     * Validates, normalises and writes an entry.
     *
     * @param cas when present: 0 to create only, else the {@code ModifyIndex} the entry must have
     * @return whether it was written; an entry with the same content counts as written
     */
    Uni<Boolean> put(Caller caller, PartitionName partition, ConfigEntry entry, OptionalLong cas);

    /** Deletes an entry; true when it is gone afterwards. */
    Uni<Boolean> delete(Caller caller, PartitionName partition, ConfigKind kind, String name, OptionalLong cas);
}
