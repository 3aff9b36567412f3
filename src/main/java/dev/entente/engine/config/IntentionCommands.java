package dev.entente.engine.config;

import dev.entente.domain.config.ServiceIntentionsEntry.Source;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.access.Caller;
import io.smallrye.mutiny.Uni;
import java.util.Map;

/**
 * Changes of single intentions (protocol chapter 6.7). Each edits the entry of its destination under that entry's lock, so that of
 * two who write to one destination neither loses what it wrote. Reads go through the view.
 */
public interface IntentionCommands {

    /** Writes the rule about a local source and a destination. */
    Uni<Void> put(Caller caller, PartitionName partition, String destination, Source source, Map<String, String> meta);

    /** Takes the rule about a local source and a destination away; also when there is none. */
    Uni<Void> delete(Caller caller, PartitionName partition, String destination, String source);

    /** Adds a rule through the deprecated endpoint; gives the id that it got. */
    Uni<String> create(Caller caller, PartitionName partition, String destination, Source source);

    /** Replaces a rule by its id, through the deprecated endpoint; its destination stays. */
    Uni<Void> update(Caller caller, PartitionName partition, String destination, Source source);

    /** Takes a rule away by its id, through the deprecated endpoint. */
    Uni<Void> deleteById(Caller caller, PartitionName partition, String id);
}
