package dev.entente.rest;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.identity.PeerName;
import dev.entente.engine.view.Found;
import dev.entente.engine.view.PartitionView;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The names of services with their tags; of those on the wanted nodes only, when nodes are asked for. */
record ServiceNames(@Nullable PeerName peer, NodeMetaFilter nodes) {

    Found<SortedMap<String, SortedSet<String>>> find(PartitionView view) {
        Found<SortedMap<String, SortedSet<String>>> all = view.serviceNames(peer);
        if (nodes.isEmpty()) {
            return all;
        }
        SortedMap<String, SortedSet<String>> wanted = new TreeMap<>();
        for (String name : all.value().keySet()) {
            List<Instance> instances = view.service(peer, name).value().instances();
            instances.stream()
                    .filter(instance -> nodes.wants(instance.node().value()))
                    .map(Instance::service)
                    .map(Indexed::value)
                    .forEach(service ->
                            wanted.computeIfAbsent(name, key -> new TreeSet<>()).addAll(service.tags()));
        }
        return all.map(names -> wanted);
    }
}
