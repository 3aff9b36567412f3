package dev.entente.engine.replication;

import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.export.ExportRules;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.stream.Exports;
import dev.entente.domain.stream.Resource;
import dev.entente.engine.config.ViewEntries;
import dev.entente.engine.peering.MeshGateways;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.Keys;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Works out what the peers of one partition should know, once for all of them: the payload of a service is the same object for
 * every peer, so that it is also encoded once.
 *
 * <p>Changes of the view are only noted when they are announced, and worked through together on the feed's event loop; all other
 * state is touched on that loop alone.
 */
final class ExportFeed implements AutoCloseable {
    private final View view;
    private final PartitionName partition;
    private final EventLoop loop;
    private final ExportPayloads payloads;
    private final PendingChanges pending;
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final Map<String, Tracked> tracked = new HashMap<>();
    private final List<View.Watch> watches = new ArrayList<>();
    private Resource.@Nullable Bundle bundle;
    private Resource.@Nullable ServerAddresses addresses;

    /** A peer that listens, and what it was told last. */
    private static final class Subscriber {
        private final PeerName peer;
        private final ExportListener listener;
        private @Nullable Exports told;

        private Subscriber(PeerName peer, ExportListener listener) {
            this.peer = peer;
            this.listener = listener;
        }
    }

    /** An exported service: its payload, and the watch that tells of its changes. */
    private record Tracked(Resource.ExportedService payload, View.Watch watch) {}

    ExportFeed(View view, PartitionName partition, EventLoop loop, LocalCluster cluster) {
        this.view = view;
        this.partition = partition;
        this.loop = loop;
        this.payloads = new ExportPayloads(view, partition, cluster);
        this.pending = new PendingChanges(loop, this::work);
        watch(
                partition,
                Set.of(Topic.configEntry(Keys.configEntry(ExportedServicesEntry.KIND, ExportRules.ENTRY_NAME))),
                PendingChanges.Subject.SELECTION);
        watch(partition, Set.of(Topic.of(Topic.Subject.SERVICE_NAMES, null)), PendingChanges.Subject.NAMES);
        watch(partition, Set.of(MeshGateways.GATEWAYS), PendingChanges.Subject.SELECTION);
        watch(partition, ViewEntries.CHAIN_TOPICS, PendingChanges.Subject.SELECTION);
        watch(
                PartitionName.DEFAULT,
                Set.of(Topic.of(Topic.Subject.CA_ROOTS, null), ExportPayloads.SERVERS),
                PendingChanges.Subject.CLUSTER);
        watch(PartitionName.DEFAULT, MeshGateways.TOPICS, PendingChanges.Subject.CLUSTER);
    }

    View.Watch subscribe(PeerName peer, ExportListener listener) {
        Subscriber subscriber = new Subscriber(peer, listener);
        loop.execute(() -> begin(subscriber));
        return () -> loop.execute(() -> end(subscriber));
    }

    @Override
    public void close() {
        watches.forEach(View.Watch::close);
        loop.execute(() -> {
            subscribers.clear();
            untrackAllBut(Set.of());
        });
    }

    private void watch(PartitionName where, Set<Topic> topics, PendingChanges.Subject subject) {
        watches.add(view.watch(where, topics, () -> pending.note(subject)));
    }

    private void begin(Subscriber subscriber) {
        subscribers.add(subscriber);
        tellExports(subscriber);
        lookAtCluster(false);
        Resource.Bundle knownBundle = bundle;
        if (knownBundle != null) {
            subscriber.listener.onBundle(knownBundle);
        }
        Resource.ServerAddresses knownAddresses = addresses;
        if (knownAddresses != null) {
            subscriber.listener.onAddresses(knownAddresses);
        }
    }

    private void end(Subscriber subscriber) {
        subscribers.remove(subscriber);
        untrackUnused();
    }

    private void work(EnumSet<PendingChanges.Subject> subjects, Collection<String> services) {
        if (subscribers.isEmpty()) {
            return;
        }
        boolean newNames = subjects.contains(PendingChanges.Subject.NAMES) && ExportRules.hasWildcard(entry());
        if (newNames || subjects.contains(PendingChanges.Subject.SELECTION)) {
            subscribers.forEach(this::tellExports);
            untrackUnused();
        }
        if (subjects.contains(PendingChanges.Subject.CLUSTER)) {
            lookAtCluster(true);
        }
        lookAtServices(services);
    }

    private void tellExports(Subscriber subscriber) {
        Exports exports = exportsFor(subscriber.peer);
        Exports told = subscriber.told;
        if (told == null
                || !told.names().equals(exports.names())
                || !told.synthetic().equals(exports.synthetic())) {
            subscriber.listener.onExports(exports);
        }
        subscriber.told = exports;
    }

    private Exports exportsFor(PeerName peer) {
        Optional<ExportedServicesEntry> entry = entry();
        Set<String> names = ExportRules.names(entry, peer, payloads::typicalNames);
        Map<String, Resource.ExportedService> services = new LinkedHashMap<>();
        for (String name : names) {
            if (ExportRules.hasPayload(name)) {
                services.put(name, track(name).payload());
            }
        }
        return new Exports(List.copyOf(names), payloads.synthetic(entry, names, peer), services);
    }

    private Optional<ExportedServicesEntry> entry() {
        return view.partition(partition)
                .flatMap(held -> held.configEntry(ExportedServicesEntry.KIND, ExportRules.ENTRY_NAME)
                        .value())
                .flatMap(found -> asExports(found.value()));
    }

    private static Optional<ExportedServicesEntry> asExports(ConfigEntry entry) {
        return entry instanceof ExportedServicesEntry exports ? Optional.of(exports) : Optional.empty();
    }

    /** The watch comes before the read, so that no change falls between them. */
    private Tracked track(String name) {
        Tracked known = tracked.get(name);
        if (known != null) {
            return known;
        }
        View.Watch watch = view.watch(partition, Set.of(Topic.service(null, name)), () -> pending.noteService(name));
        Tracked begun = new Tracked(payloads.service(name), watch);
        tracked.put(name, begun);
        return begun;
    }

    private void lookAtServices(Collection<String> names) {
        Map<String, Resource.ExportedService> changed = new HashMap<>();
        for (String name : names) {
            Tracked known = tracked.get(name);
            if (known == null) {
                continue;
            }
            Resource.ExportedService payload = payloads.service(name);
            if (!payload.equals(known.payload())) {
                tracked.put(name, new Tracked(payload, known.watch()));
                changed.put(name, payload);
            }
        }
        if (!changed.isEmpty()) {
            subscribers.forEach(subscriber -> subscriber.listener.onServices(changed));
        }
    }

    private void lookAtCluster(boolean tell) {
        Resource.Bundle newBundle = payloads.bundle().orElse(bundle);
        if (newBundle != null && !newBundle.equals(bundle)) {
            bundle = newBundle;
            if (tell) {
                subscribers.forEach(subscriber -> subscriber.listener.onBundle(newBundle));
            }
        }
        Resource.ServerAddresses newAddresses = payloads.addresses();
        if (!newAddresses.equals(addresses)) {
            addresses = newAddresses;
            if (tell) {
                subscribers.forEach(subscriber -> subscriber.listener.onAddresses(newAddresses));
            }
        }
    }

    private void untrackUnused() {
        Set<String> used = new HashSet<>();
        for (Subscriber subscriber : subscribers) {
            Exports told = subscriber.told;
            if (told != null) {
                used.addAll(told.names());
            }
        }
        untrackAllBut(used);
    }

    private void untrackAllBut(Set<String> used) {
        tracked.entrySet().removeIf(entry -> {
            boolean unused = !used.contains(entry.getKey());
            if (unused) {
                entry.getValue().watch().close();
            }
            return unused;
        });
    }
}
