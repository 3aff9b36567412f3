package dev.entente.engine.view;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Service;
import dev.entente.engine.view.Topic.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The readable side of one catalog: the local one, or what one peer exports to us. Each service is one immutable entry, replaced as a
 * whole; readers of a service never wait. Changed only by the thread that applies entries.
 */
final class CatalogScope {
    private static final String CHECKS = "checks/";
    private static final String CONNECT = "connect/";
    private static final String NODE = "node/";
    private static final String ANY = "any";

    private final String peerKey;
    private final ConcurrentMap<String, Found<ServiceInstances>> services = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Found<List<Instance>>> connect = new ConcurrentHashMap<>();
    private final Map<String, SortedSet<String>> connectProviders = new ConcurrentHashMap<>();
    private final Absences absences = new Absences();
    private final Map<String, Long> statusIndexes = new ConcurrentHashMap<>();

    private volatile long namesIndex = 1;
    private volatile long nodesIndex = 1;
    private volatile long checksIndex = 1;
    private volatile long loadedFrom = 1;
    private volatile long instancesIndex = 1;
    private volatile long contentsIndex = 1;

    CatalogScope(String peerKey) {
        this.peerKey = peerKey;
    }

    Found<ServiceInstances> service(String name) {
        String key = Topic.lower(name);
        Found<ServiceInstances> found = services.get(key);
        return found == null ? absences.of(key, ServiceInstances.NONE) : found;
    }

    Found<List<Indexed<Check>>> checksOf(String service) {
        ServiceInstances found = service(service).value();
        return found.instances().isEmpty()
                ? noChecks(Topic.lower(service))
                : orNothing(new Found<>(found.checksIndex(), found.ownChecks()));
    }

    /** A service without checks comes and goes without any change to this. */
    private Found<List<Indexed<Check>>> noChecks(String key) {
        return absences.of(CHECKS + key, List.of());
    }

    /** A list of things of this scope; who knows that there is nothing is not woken while that is so. */
    <T extends Collection<?>> Found<T> orNothing(Found<T> found) {
        return absences.orNothing(found);
    }

    Found<List<Instance>> connect(String name) {
        String key = Topic.lower(name);
        Found<List<Instance>> found = connect.get(key);
        return found == null ? absences.of(CONNECT + key, List.of()) : found;
    }

    /** What is told of a node that is not there. */
    Found<Optional<NodeContents>> noNode(String name) {
        return absences.of(NODE + Topic.lower(name), Optional.empty());
    }

    void nodeDisappears(String name, long position) {
        absences.disappears(NODE + Topic.lower(name), position);
    }

    Collection<Found<ServiceInstances>> services() {
        return services.values();
    }

    long namesIndex() {
        return namesIndex;
    }

    long nodesIndex() {
        return nodesIndex;
    }

    /** Where the checks in a state last became others; {@code any} for all. */
    long checksIndex(String state) {
        return state.equals(ANY)
                ? checksIndex
                : Math.max(loadedFrom, statusIndexes.getOrDefault(Topic.lower(state), 1L));
    }

    /** All instances, by the name of the service. */
    Found<List<Instance>> instances() {
        List<Instance> all = new ArrayList<>();
        new TreeMap<>(services)
                .values()
                .forEach(found -> all.addAll(found.value().instances()));
        return orNothing(new Found<>(instancesIndex, all));
    }

    long contentsIndex() {
        return contentsIndex;
    }

    /** Names, as they were registered, with the distinct tags of their instances. */
    SortedMap<String, SortedSet<String>> namesWithTags() {
        SortedMap<String, SortedSet<String>> names = new TreeMap<>();
        services.values().forEach(found -> addNames(names, found.value().instances()));
        return names;
    }

    private static SortedMap<String, SortedSet<String>> namesOf(List<Instance> instances) {
        SortedMap<String, SortedSet<String>> names = new TreeMap<>();
        addNames(names, instances);
        return names;
    }

    private static void addNames(SortedMap<String, SortedSet<String>> names, List<Instance> instances) {
        for (Instance instance : instances) {
            Service service = instance.service().value();
            names.computeIfAbsent(service.name(), name -> new TreeSet<>()).addAll(service.tags());
        }
    }

    /** Puts the new instances of a service in place; none removes it. */
    void replace(String name, List<Instance> instances, long position, Set<Topic> changed) {
        install(prepared(name, instances, position), changed);
    }

    /** All that takes long with very many instances; changes nothing, and holds until the next change of this service. */
    ServiceReplacement prepared(String name, List<Instance> instances, long position) {
        String key = Topic.lower(name);
        Found<ServiceInstances> before = services.get(key);
        List<Instance> old = before == null ? List.of() : before.value().instances();
        return new ServiceReplacement(
                key,
                position,
                before,
                instances.isEmpty() ? null : fresh(key, before, instances, position),
                old.equals(instances),
                !namesOf(old).equals(namesOf(instances)),
                Destinations.of(old),
                Destinations.of(instances));
    }

    void install(ServiceReplacement replacement, Set<Topic> changed) {
        if (replacement.isNone()) {
            return;
        }
        String key = replacement.key();
        long position = replacement.position();
        ServiceInstances service = replacement.service();
        if (service == null) {
            disappears(key, replacement.before(), position);
        } else {
            services.put(key, new Found<>(position, service));
        }
        changed.add(new Topic(Subject.SERVICE, peerKey, key));
        instancesIndex = Math.max(instancesIndex, position);
        changed.add(new Topic(Subject.INSTANCES, peerKey, ""));
        changed.add(Topic.everywhere(Subject.INSTANCES));
        if (replacement.newNames()) {
            namesIndex = Math.max(namesIndex, position);
            changed.add(new Topic(Subject.SERVICE_NAMES, peerKey, ""));
        }
        replaceConnect(replacement, new Step(position, changed));
    }

    private void disappears(String key, @Nullable Found<ServiceInstances> before, long position) {
        absences.disappears(key, position);
        boolean hadChecks = before != null && before.value().hasOwnChecks();
        absences.disappears(
                CHECKS + key,
                hadChecks || before == null ? position : before.value().checksIndex());
        services.remove(key);
    }

    private ServiceInstances fresh(
            String key, @Nullable Found<ServiceInstances> before, List<Instance> instances, long position) {
        ServiceInstances fresh = new ServiceInstances(instances, position);
        ServiceInstances known = before == null ? ServiceInstances.NONE : before.value();
        long index = before == null ? noChecks(key).index() : known.checksIndex();
        return known.hasSameOwnChecks(fresh) ? new ServiceInstances(instances, index) : fresh;
    }

    private record Step(long position, Set<Topic> changed) {}

    private void replaceConnect(ServiceReplacement replacement, Step step) {
        Set<String> before = replacement.destinationsBefore();
        Set<String> after = replacement.destinations();
        if (before.isEmpty() && after.isEmpty()) {
            return;
        }
        Set<String> touched = new TreeSet<>(before);
        touched.addAll(after);
        for (String destination : touched) {
            SortedSet<String> providers = connectProviders.computeIfAbsent(destination, key -> new TreeSet<>());
            if (after.contains(destination)) {
                providers.add(replacement.key());
            } else {
                providers.remove(replacement.key());
            }
            rebuildConnect(destination, providers, step);
        }
    }

    private void rebuildConnect(String destination, SortedSet<String> providers, Step step) {
        List<Instance> all = new ArrayList<>();
        for (String provider : providers) {
            for (Instance instance : service(provider).value().instances()) {
                if (destination.equals(Topic.lower(Destinations.of(instance)))) {
                    all.add(instance);
                }
            }
        }
        Found<List<Instance>> before = connect.get(destination);
        if (all.equals(before == null ? List.of() : before.value())) {
            return;
        }
        if (all.isEmpty()) {
            absences.disappears(CONNECT + destination, step.position());
            connect.remove(destination);
            connectProviders.remove(destination);
        } else {
            connect.put(destination, new Found<>(step.position(), Collections.unmodifiableList(all)));
        }
        step.changed().add(new Topic(Subject.CONNECT, peerKey, destination));
    }

    void nodesChanged(long position, Set<Topic> changed) {
        nodesIndex = Math.max(nodesIndex, position);
        changed.add(new Topic(Subject.NODES, peerKey, ""));
    }

    /** Checks are others than before; the statuses that they had, and have now. */
    void checksChanged(long position, Collection<String> statuses, Set<Topic> changed) {
        checksIndex = Math.max(checksIndex, position);
        statuses.forEach(status -> statusIndexes.merge(Topic.lower(status), position, Math::max));
        changed.add(new Topic(Subject.CHECKS, peerKey, ""));
    }

    /** Something on some node is another than before. */
    void contentsChanged(long position, Set<Topic> changed) {
        contentsIndex = Math.max(contentsIndex, position);
        changed.add(new Topic(Subject.CONTENTS, peerKey, ""));
        changed.add(Topic.everywhere(Subject.CONTENTS));
    }

    /**
     * After a load nobody knows when something last disappeared: no index may be lower than what a reader may have seen before. A reader
     * of such an answer is answered once without a change; it is never given a smaller index.
     */
    void startFrom(long position) {
        absences.startFrom(position);
        loadedFrom = Math.max(loadedFrom, position);
        namesIndex = Math.max(namesIndex, position);
        nodesIndex = Math.max(nodesIndex, position);
        checksIndex = Math.max(checksIndex, position);
        instancesIndex = Math.max(instancesIndex, position);
        contentsIndex = Math.max(contentsIndex, position);
    }

    /** Any service may have lost an instance at this position. */
    void servicesNotBefore(long position) {
        services.replaceAll((name, found) ->
                new Found<>(Math.max(found.index(), position), found.value().notBefore(position)));
        connectNotBefore(position);
    }

    void connectNotBefore(long position) {
        connect.replaceAll((name, found) -> new Found<>(Math.max(found.index(), position), found.value()));
    }
}
