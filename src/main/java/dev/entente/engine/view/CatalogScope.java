package dev.entente.engine.view;

import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Service;
import dev.entente.engine.view.Topic.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The readable side of one catalog: the local one, or what one peer exports to us. Each service is one immutable entry, replaced as a
 * whole; readers of a service never wait. Changed only by the thread that applies entries.
 */
final class CatalogScope {
    private final String peerKey;
    private final ConcurrentMap<String, Found<ServiceInstances>> services = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Found<List<Instance>>> connect = new ConcurrentHashMap<>();
    private final Map<String, SortedSet<String>> connectProviders = new ConcurrentHashMap<>();
    /** Where a service was last seen to disappear: the index of whatever does not exist. */
    private volatile long goneIndex = 1;

    private volatile long namesIndex = 1;
    private volatile long nodesIndex = 1;
    private volatile long checksIndex = 1;
    private volatile long instancesIndex = 1;
    private volatile long contentsIndex = 1;

    CatalogScope(String peerKey) {
        this.peerKey = peerKey;
    }

    Found<ServiceInstances> service(String name) {
        long gone = goneIndex;
        Found<ServiceInstances> found = services.get(name);
        return found == null ? new Found<>(gone, ServiceInstances.NONE) : found;
    }

    Found<List<Instance>> connect(String name) {
        long gone = goneIndex;
        Found<List<Instance>> found = connect.get(name);
        return found == null ? new Found<>(gone, List.of()) : found;
    }

    Collection<Found<ServiceInstances>> services() {
        return services.values();
    }

    Set<String> names() {
        return services.keySet();
    }

    long namesIndex() {
        return namesIndex;
    }

    long nodesIndex() {
        return nodesIndex;
    }

    long checksIndex() {
        return checksIndex;
    }

    /** All instances, by the name of the service. */
    Found<List<Instance>> instances() {
        List<Instance> all = new ArrayList<>();
        new TreeMap<>(services)
                .values()
                .forEach(found -> all.addAll(found.value().instances()));
        return new Found<>(instancesIndex, all);
    }

    long contentsIndex() {
        return contentsIndex;
    }

    /** Names with the distinct tags of their instances. */
    SortedMap<String, SortedSet<String>> namesWithTags() {
        SortedMap<String, SortedSet<String>> names = new TreeMap<>();
        services.forEach((name, found) -> names.put(name, tagsOf(found.value().instances())));
        return names;
    }

    /** Puts the new instances of a service in place; none removes it. */
    void replace(String name, List<Instance> instances, long position, Set<Topic> changed) {
        Found<ServiceInstances> before = services.get(name);
        List<Instance> old = before == null ? List.of() : before.value().instances();
        if (old.equals(instances)) {
            return;
        }
        if (instances.isEmpty()) {
            services.remove(name);
            goneIndex = Math.max(goneIndex, position);
        } else {
            long index = before == null ? position : Math.max(before.index(), position);
            services.put(name, new Found<>(index, new ServiceInstances(instances)));
        }
        changed.add(new Topic(Subject.SERVICE, peerKey, name));
        instancesIndex = Math.max(instancesIndex, position);
        changed.add(new Topic(Subject.INSTANCES, peerKey, ""));
        changed.add(Topic.everywhere(Subject.INSTANCES));
        contentsChanged(position, changed);
        if (old.isEmpty() != instances.isEmpty() || !tagsOf(old).equals(tagsOf(instances))) {
            namesIndex = Math.max(namesIndex, position);
            changed.add(new Topic(Subject.SERVICE_NAMES, peerKey, ""));
        }
        replaceConnect(name, old, instances, new Step(position, changed));
    }

    private record Step(long position, Set<Topic> changed) {}

    private void replaceConnect(String name, List<Instance> old, List<Instance> now, Step step) {
        Set<String> before = destinations(old);
        Set<String> after = destinations(now);
        if (before.isEmpty() && after.isEmpty()) {
            return;
        }
        Set<String> touched = new TreeSet<>(before);
        touched.addAll(after);
        for (String destination : touched) {
            SortedSet<String> providers = connectProviders.computeIfAbsent(destination, key -> new TreeSet<>());
            if (after.contains(destination)) {
                providers.add(name);
            } else {
                providers.remove(name);
            }
            rebuildConnect(destination, providers, step);
        }
    }

    private void rebuildConnect(String destination, SortedSet<String> providers, Step step) {
        List<Instance> all = new ArrayList<>();
        for (String provider : providers) {
            for (Instance instance : service(provider).value().instances()) {
                if (destination.equals(destinationOf(instance))) {
                    all.add(instance);
                }
            }
        }
        if (all.isEmpty()) {
            connect.remove(destination);
            connectProviders.remove(destination);
            goneIndex = Math.max(goneIndex, step.position());
        } else {
            connect.put(destination, new Found<>(step.position(), Collections.unmodifiableList(all)));
        }
        step.changed().add(new Topic(Subject.CONNECT, peerKey, destination));
    }

    void nodesChanged(long position, Set<Topic> changed) {
        nodesIndex = Math.max(nodesIndex, position);
        changed.add(new Topic(Subject.NODES, peerKey, ""));
    }

    void checksChanged(long position, Set<Topic> changed) {
        checksIndex = Math.max(checksIndex, position);
        changed.add(new Topic(Subject.CHECKS, peerKey, ""));
    }

    /** Something on some node is another than before. */
    void contentsChanged(long position, Set<Topic> changed) {
        contentsIndex = Math.max(contentsIndex, position);
        changed.add(new Topic(Subject.CONTENTS, peerKey, ""));
        changed.add(Topic.everywhere(Subject.CONTENTS));
    }

    /** Empties the scope; everybody who reads of it hears. */
    void clear(long position, Set<Topic> changed) {
        for (String name : List.copyOf(services.keySet())) {
            replace(name, List.of(), position, changed);
        }
        nodesChanged(position, changed);
        checksChanged(position, changed);
    }

    /**
     * After a load nobody knows when something last disappeared: no index may be lower than what a reader may have seen before. A reader
     * of such an answer is answered once without a change; it is never given a smaller index.
     */
    void startFrom(long position) {
        goneIndex = Math.max(goneIndex, position);
        namesIndex = Math.max(namesIndex, position);
        nodesIndex = Math.max(nodesIndex, position);
        checksIndex = Math.max(checksIndex, position);
        instancesIndex = Math.max(instancesIndex, position);
        contentsIndex = Math.max(contentsIndex, position);
    }

    private static SortedSet<String> tagsOf(List<Instance> instances) {
        SortedSet<String> tags = new TreeSet<>();
        instances.forEach(instance -> tags.addAll(instance.service().value().tags()));
        return tags;
    }

    private static Set<String> destinations(List<Instance> instances) {
        Set<String> names = new TreeSet<>();
        for (Instance instance : instances) {
            String destination = destinationOf(instance);
            if (!destination.isEmpty()) {
                names.add(destination);
            }
        }
        return names;
    }

    /** Whom a caller reaches through this instance by mutual TLS; empty when nobody. */
    private static String destinationOf(Instance instance) {
        Service service = instance.service().value();
        if (service.kind().equals(Service.CONNECT_PROXY)) {
            return service.proxy().destinationServiceName();
        }
        return service.connect().isNative() ? service.name() : "";
    }
}
