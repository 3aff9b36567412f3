package dev.entente.engine.view;

import dev.entente.domain.catalog.Instance;
import dev.entente.engine.view.Topic.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The instances through which callers reach a service by mutual TLS, whatever they are called themselves. Changed only by the thread that
 * applies entries.
 */
final class ConnectTable {
    private static final String CONNECT = "connect/";

    private final String peerKey;
    private final Absences absences;
    private final Map<String, Found<List<Instance>>> byDestination = new ConcurrentHashMap<>();
    private final Map<String, SortedSet<String>> providers = new ConcurrentHashMap<>();

    ConnectTable(String peerKey, Absences absences) {
        this.peerKey = peerKey;
        this.absences = absences;
    }

    Found<List<Instance>> to(String name) {
        String key = Topic.lower(name);
        Found<List<Instance>> found = byDestination.get(key);
        return found == null ? absences.of(CONNECT + key, List.of()) : found;
    }

    /** Follows a service that was replaced; {@code services} gives the instances of one as they are now. */
    void follow(ServiceReplacement replacement, Function<String, ServiceInstances> services, Set<Topic> changed) {
        Set<String> before = replacement.destinationsBefore();
        Set<String> after = replacement.destinations();
        if (before.isEmpty() && after.isEmpty()) {
            return;
        }
        Set<String> touched = new TreeSet<>(before);
        touched.addAll(after);
        for (String destination : touched) {
            SortedSet<String> leading = providers.computeIfAbsent(destination, key -> new TreeSet<>());
            if (after.contains(destination)) {
                leading.add(replacement.key());
            } else {
                leading.remove(replacement.key());
            }
            replace(destination, leadingTo(destination, leading, services), replacement.position(), changed);
        }
    }

    private void replace(String destination, List<Instance> all, long position, Set<Topic> changed) {
        Found<List<Instance>> before = byDestination.get(destination);
        if (all.equals(before == null ? List.of() : before.value())) {
            return;
        }
        if (all.isEmpty()) {
            absences.disappears(CONNECT + destination, position);
            byDestination.remove(destination);
            providers.remove(destination);
        } else {
            byDestination.put(destination, new Found<>(position, Collections.unmodifiableList(all)));
        }
        changed.add(new Topic(Subject.CONNECT, peerKey, destination));
    }

    /** The usual proxies of one service all lead to it: then their list is shared, however long. */
    private static List<Instance> leadingTo(
            String destination, SortedSet<String> leading, Function<String, ServiceInstances> services) {
        List<Instance> all = new ArrayList<>();
        for (String provider : leading) {
            ServiceInstances service = services.apply(provider);
            if (!service.names().leadOnlyTo(destination)) {
                service.instances().stream()
                        .filter(instance -> destination.equals(Topic.lower(Destinations.of(instance))))
                        .forEach(all::add);
            } else if (leading.size() == 1) {
                return service.instances();
            } else {
                all.addAll(service.instances());
            }
        }
        // In the order of instances, whichever service they are of.
        all.sort(InstanceKey.OF_INSTANCES);
        return all;
    }

    /** After a load any of them may have lost an instance at this position. */
    void notBefore(long position) {
        byDestination.replaceAll((name, found) -> new Found<>(Math.max(found.index(), position), found.value()));
    }
}
