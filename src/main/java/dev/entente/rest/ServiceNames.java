package dev.entente.rest;

import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.PeerName;
import dev.entente.engine.view.Found;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.Topic.Subject;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The names of services with their tags; of the wanted instances only, when some are asked for. */
record ServiceNames(@Nullable PeerName peer, InstanceFilter filter) {

    /** What the answer can change with. */
    Subject subject() {
        return filter.isAll() ? Subject.SERVICE_NAMES : Subject.INSTANCES;
    }

    Found<SortedMap<String, SortedSet<String>>> find(PartitionView view) {
        return filter.isAll()
                ? view.serviceNames(peer)
                : view.instances(peer).map(all -> {
                    SortedMap<String, SortedSet<String>> wanted = new TreeMap<>();
                    for (Instance instance : filter.apply(all)) {
                        Service service = instance.service().value();
                        wanted.computeIfAbsent(service.name(), key -> new TreeSet<>())
                                .addAll(service.tags());
                    }
                    return wanted;
                });
    }
}
