package dev.entente.domain.config;

import dev.entente.domain.identity.Outcome;
import java.util.Set;

/** A config entry; each kind is a record of its own (protocol chapter 8). */
public sealed interface ConfigEntry permits ExportedServicesEntry, ServiceIntentionsEntry {
    /** The kinds that there are. */
    Set<String> KINDS = Set.of(ExportedServicesEntry.KIND, ServiceIntentionsEntry.KIND);

    /** The kind as clients write it, for example {@code exported-services}. */
    String kind();

    String name();

    /**
     * The entry as it is stored: what is left out has its default, and what has an order stands in it. Refuses an entry that breaks
     * a rule of its kind; the text tells the first one.
     */
    Outcome<? extends ConfigEntry> normalised();
}
