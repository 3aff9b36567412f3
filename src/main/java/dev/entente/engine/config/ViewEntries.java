package dev.entente.engine.config;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.chain.EntrySource;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ConfigKind;
import dev.entente.domain.config.ProxyDefaultsEntry;
import dev.entente.domain.config.ServiceDefaultsEntry;
import dev.entente.domain.config.ServiceResolverEntry;
import dev.entente.domain.config.ServiceRouterEntry;
import dev.entente.domain.config.ServiceSplitterEntry;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.Topic;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The config entries of a partition as its view shows them. */
public record ViewEntries(PartitionView view) implements EntrySource {
    private static final Set<String> OF_CHAINS =
            Set.of(ServiceRouterEntry.KIND, ServiceSplitterEntry.KIND, ServiceResolverEntry.KIND);

    /** Everything that can change a chain; to be read with these topics. */
    public static final Set<Topic> CHAIN_TOPICS = Stream.concat(
                    OF_CHAINS.stream(), Stream.of(ServiceDefaultsEntry.KIND, ProxyDefaultsEntry.KIND))
            .map(Topic::configKind)
            .collect(Collectors.toUnmodifiableSet());

    @Override
    public Optional<ConfigEntry> find(ConfigKind kind, String name) {
        return view.configEntry(kind.text(), name).value().map(Indexed::value);
    }

    /** The names that have a router, a splitter or a resolver. */
    public Set<String> chainNames() {
        return OF_CHAINS.stream()
                .flatMap(kind -> view.configEntries(kind).value().stream())
                .map(held -> held.value().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
