package dev.entente.engine.config;

import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ConfigKind;
import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.engine.access.Caller;
import io.smallrye.mutiny.Uni;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Refuses rules about every peer where the operator has not allowed them, with the text of Consul, which has no such rules (protocol
 * chapter 8.3). They are an extension: {@code Peer} is {@code *}.
 */
public record WildcardPeers(ConfigEntries entries) implements ConfigEntries {

    @Override
    public Uni<Boolean> put(Caller caller, PartitionName partition, ConfigEntry entry, OptionalLong cas) {
        return entry instanceof ServiceIntentionsEntry intentions
                ? Uni.createFrom()
                        .item(() -> withoutWildcard(intentions).orThrow())
                        .chain(fit -> entries.put(caller, partition, fit, cas))
                : entries.put(caller, partition, entry, cas);
    }

    @Override
    public Uni<Boolean> delete(Caller caller, PartitionName partition, ConfigKind kind, String name, OptionalLong cas) {
        return entries.delete(caller, partition, kind, name, cas);
    }

    /** The place is told as it is in the stored order; what has another fault is told that one. */
    private static Outcome<ServiceIntentionsEntry> withoutWildcard(ServiceIntentionsEntry entry) {
        return entry.normalised().flatMap(normal -> {
            OptionalInt place = IntStream.range(0, normal.sources().size())
                    .filter(i -> normal.sources().get(i).isOfAnyPeer())
                    .findFirst();
            return place.isPresent()
                    ? Outcome.refused(
                            Refusal.invalid("Sources[" + place.getAsInt() + "].Peer: cannot use wildcard '*' in peer"))
                    : Outcome.accepted(entry);
        });
    }
}
