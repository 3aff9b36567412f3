package dev.entente.engine.view;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Service;
import dev.entente.engine.view.Topic.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The readable side of one catalog: the local one, or what one peer exports to us. Each service is one immutable entry, replaced as a
 * whole; readers of a service never wait. Changed only by the thread that applies entries.
 */
final class CatalogScope {
    private static final String CHECKS = "checks/";
    private static final String NODE = "node/";
    private static final String ANY = "any";

    private final String peerKey;
    private final ConcurrentMap<String, Found<ServiceInstances>> services = new ConcurrentHashMap<>();
    private final Absences absences = new Absences();
    private final ConnectTable connect;
    /** The services among whose instances are mesh gateways. */
    private final Set<String> gateways = new ConcurrentSkipListSet<>();

    private final Map<String, Long> statusIndexes = new ConcurrentHashMap<>();

    private volatile long namesIndex = 1;
    private volatile long nodesIndex = 1;
    private volatile long checksIndex = 1;
    private volatile long loadedFrom = 1;
    private volatile long instancesIndex = 1;
    private volatile long contentsIndex = 1;

    CatalogScope(String peerKey) {
        this.peerKey = peerKey;
        this.connect = new ConnectTable(peerKey, absences);
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
        return connect.to(name);
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

    List<Instance> meshGateways() {
        return gateways.stream()
                .flatMap(key -> service(key).value().instances().stream())
                .filter(instance -> instance.service().value().kind().equals(Service.MESH_GATEWAY))
                .sorted(Comparator.comparing(InstanceKey::of))
                .toList();
    }

    long contentsIndex() {
        return contentsIndex;
    }

    /** Names, as they were registered, with the distinct tags of their instances. */
    SortedMap<String, SortedSet<String>> namesWithTags() {
        SortedMap<String, SortedSet<String>> names = new TreeMap<>();
        services.values()
                .forEach(found -> found.value()
                        .names()
                        .tags()
                        .forEach((name, tags) -> names.computeIfAbsent(name, key -> new TreeSet<>())
                                .addAll(tags)));
        return names;
    }

    /** Puts what some instances of a service have become in place of what they were; a service without any is gone. */
    void replace(
            String name,
            SortedSet<InstanceKey> touched,
            Function<InstanceKey, @Nullable Instance> now,
            long position,
            Set<Topic> changed) {
        String key = Topic.lower(name);
        Found<ServiceInstances> before = services.get(key);
        ServiceInstances known = before == null ? ServiceInstances.NONE : before.value();
        InstanceChanges changes = InstanceChanges.of(known.instances(), touched, now);
        if (!changes.isNone()) {
            InstanceNames names = changes.keepsServices() ? known.names() : InstanceNames.of(changes.after());
            long checksIndex = changes.keepsOwnChecks() ? checksIndex(key, before) : position;
            ServiceInstances service = new ServiceInstances(changes.after(), checksIndex, names);
            install(replacement(key, position, before, service), changed);
        }
    }

    /** The same for all instances: what takes long with very many. Changes nothing, and holds until the next change of this service. */
    ServiceReplacement prepared(String name, List<Instance> instances, long position) {
        String key = Topic.lower(name);
        Found<ServiceInstances> before = services.get(key);
        ServiceInstances known = before == null ? ServiceInstances.NONE : before.value();
        if (known.instances().equals(instances)) {
            return ServiceReplacement.none(key, position);
        }
        ServiceInstances fresh = new ServiceInstances(instances, position);
        if (known.hasSameOwnChecks(fresh)) {
            fresh = new ServiceInstances(instances, checksIndex(key, before));
        }
        return replacement(key, position, before, fresh);
    }

    private long checksIndex(String key, @Nullable Found<ServiceInstances> before) {
        return before == null ? noChecks(key).index() : before.value().checksIndex();
    }

    private static ServiceReplacement replacement(
            String key, long position, @Nullable Found<ServiceInstances> before, ServiceInstances service) {
        InstanceNames old = (before == null ? ServiceInstances.NONE : before.value()).names();
        InstanceNames names = service.names();
        return new ServiceReplacement(
                key,
                position,
                before,
                service,
                false,
                !names.tags().equals(old.tags()),
                old.destinations(),
                names.destinations());
    }

    void install(ServiceReplacement replacement, Set<Topic> changed) {
        if (replacement.isNone()) {
            return;
        }
        String key = replacement.key();
        long position = replacement.position();
        ServiceInstances service = replacement.service();
        if (service.instances().isEmpty()) {
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
        followGateways(key, service, changed);
        connect.follow(replacement, provider -> service(provider).value(), changed);
    }

    private void followGateways(String key, ServiceInstances service, Set<Topic> changed) {
        boolean had = gateways.contains(key);
        boolean has = service.names().haveGateways();
        if (has) {
            gateways.add(key);
        } else {
            gateways.remove(key);
        }
        if (had || has) {
            changed.add(new Topic(Subject.MESH_GATEWAYS, peerKey, ""));
        }
    }

    private void disappears(String key, @Nullable Found<ServiceInstances> before, long position) {
        absences.disappears(key, position);
        boolean hadChecks = before != null && before.value().hasOwnChecks();
        absences.disappears(
                CHECKS + key,
                hadChecks || before == null ? position : before.value().checksIndex());
        services.remove(key);
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
        connect.notBefore(position);
    }
}
