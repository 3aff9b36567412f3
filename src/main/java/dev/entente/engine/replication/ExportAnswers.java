package dev.entente.engine.replication;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.export.ExportRules;
import dev.entente.domain.export.ResolvedExport;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.peering.Peering;
import dev.entente.engine.view.Found;
import dev.entente.engine.view.PartitionView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/** What is exported, for those who ask about it; to be read with the topics of peerings, instances and exported services. */
public final class ExportAnswers {
    private ExportAnswers() {}

    /** The names that a peer may see; none for a peer that there is not. */
    public static Found<List<String>> namesFor(PartitionView view, PeerName peer) {
        return entry(view)
                .map(entry -> view.peering(peer)
                        .map(Indexed::value)
                        .map(Peering::name)
                        .map(spelled -> List.copyOf(
                                ExportRules.names(entry, spelled, () -> ExportPayloads.typicalNamesIn(view))))
                        .orElse(List.of()));
    }

    /** All services that anybody may see, and who. */
    public static Found<List<ResolvedExport>> resolved(PartitionView view) {
        return entry(view).map(entry -> ExportRules.resolved(entry, () -> ExportPayloads.typicalNamesIn(view)));
    }

    private static Found<Optional<ExportedServicesEntry>> entry(PartitionView view) {
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
        return new Found<>(index, entry);
    }

    /** The names that we import, with the peer that each comes from; proxies that stand for services are left out. */
    public static Found<List<Imported>> imported(PartitionView view) {
        long index = view.peerings().index();
        List<Imported> imported = new ArrayList<>();
        for (Indexed<Peering> peering : view.peerings().value()) {
            PeerName peer = peering.value().name();
            Found<SortedMap<String, SortedSet<String>>> names = view.serviceNames(peer);
            index = Math.max(index, names.index());
            names.value().keySet().stream()
                    .filter(ExportRules::hasPayload)
                    .forEach(name -> imported.add(new Imported(name, peer)));
        }
        imported.sort(Comparator.comparing(Imported::service));
        return new Found<>(index, imported);
    }

    /** A service of a peer. */
    public record Imported(String service, PeerName peer) {}
}
