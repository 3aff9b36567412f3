package dev.entente.domain.config;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;

/** A config entry; each kind is a record of its own (protocol chapter 8). */
public sealed interface ConfigEntry permits ExportedServicesEntry, ServiceIntentionsEntry {

    /** The kind as clients write it, for example {@code exported-services}. */
    String kind();

    String name();

    /**
     * The entry as it is stored: what is left out has its default, and what has an order stands in it. Refuses an entry that breaks
     * a rule of its kind; the text tells the first one.
     *
     * @param partition where it is written
     */
    Outcome<? extends ConfigEntry> normalised(PartitionName partition);
}
