package dev.entente.engine.replication;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.export.ExportRules;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.peering.Peering;
import dev.entente.engine.view.Found;
import dev.entente.engine.view.PartitionView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is exported, for those who ask about it; to be read with the topics of peerings, instances and exported services. */
public final class ExportAnswers {
    private ExportAnswers() {}

    /** The names that a peer may see; none for a peer that there is not. */
    public static Found<List<String>> namesFor(PartitionView view, PeerName peer) {
        Found<Optional<Indexed<ConfigEntry>>> stored =
                view.configEntry(ExportedServicesEntry.KIND, ExportRules.ENTRY_NAME);
        Optional<ExportedServicesEntry> entry = stored.value()
                .map(Indexed::value)
                .filter(ExportedServicesEntry.class::isInstance)
                .map(ExportedServicesEntry.class::cast);
        long index = Math.max(view.peerings().index(), stored.index());
        if (ExportRules.hasWildcard(entry)) {
            index = Math.max(index, view.instances(null).index());
        }
        List<String> names = view.peering(peer)
                .map(Indexed::value)
                .map(Peering::name)
                .map(spelled -> List.copyOf(ExportRules.names(entry, spelled, () -> typicalNames(view))))
                .orElse(List.of());
        return new Found<>(index, names);
    }

    private static Set<String> typicalNames(PartitionView view) {
        Set<String> names = new TreeSet<>();
        view.instances(null).value().stream()
                .map(instance -> instance.service().value())
                .filter(service -> service.isTypical())
                .forEach(service -> names.add(service.name()));
        return names;
    }
}
