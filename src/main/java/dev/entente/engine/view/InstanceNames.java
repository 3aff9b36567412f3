package dev.entente.engine.view;

import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Service;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Under which names the instances of a service are found.
 *
 * @param tags names, as they were registered, with the distinct tags of their instances
 * @param destinations whom callers reach through them by mutual TLS, in lower case
 * @param leadTogether whether each of them leads to the same destination
 * @param haveGateways whether some are mesh gateways
 */
record InstanceNames(
        SortedMap<String, SortedSet<String>> tags,
        Set<String> destinations,
        boolean leadTogether,
        boolean haveGateways) {

    static InstanceNames of(List<Instance> instances) {
        SortedMap<String, SortedSet<String>> tags = new TreeMap<>();
        Set<String> destinations = new TreeSet<>();
        boolean everyOneLeads = true;
        boolean haveGateways = false;
        for (Instance instance : instances) {
            Service service = instance.service().value();
            tags.computeIfAbsent(service.name(), name -> new TreeSet<>()).addAll(service.tags());
            haveGateways |= service.kind().equals(Service.MESH_GATEWAY);
            String destination = Destinations.of(instance);
            if (destination.isEmpty()) {
                everyOneLeads = false;
            } else {
                destinations.add(Topic.lower(destination));
            }
        }
        return new InstanceNames(
                Collections.unmodifiableSortedMap(tags),
                Collections.unmodifiableSet(destinations),
                everyOneLeads && destinations.size() == 1,
                haveGateways);
    }

    /** Whether all of them, and so their list as it is, lead to a destination. */
    boolean leadOnlyTo(String destination) {
        return leadTogether && destinations.contains(destination);
    }
}
