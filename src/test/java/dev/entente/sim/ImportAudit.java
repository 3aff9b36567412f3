package dev.entente.sim;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.ImportedService;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.VirtualAddresses;
import dev.entente.domain.export.ImportRules;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.stream.Resource;
import dev.entente.domain.stream.Role;
import dev.entente.domain.trust.TrustBundle;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.PeerScope;
import dev.entente.engine.port.RecordKind;
import dev.entente.fake.InMemoryChangeLog;
import dev.entente.fake.InMemoryHotState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what a cluster imports: nothing that its peer never exported, and nothing acknowledged that was not stored before (protocol
 * chapters 3.5 and 4).
 */
final class ImportAudit implements InMemoryChangeLog.Audit {
    private final SimWorld world;
    private final SimCluster cluster;
    private final Map<String, Stored> stored = new HashMap<>();

    /** What was stored last, and when. */
    private record Stored(long event, @Nullable Object value) {}

    ImportAudit(SimWorld world, SimCluster cluster) {
        this.world = world;
        this.cluster = cluster;
    }

    @Override
    public void onImport(PartitionName partition, Change change) {
        PeerScope peer = Objects.requireNonNull(change.peer());
        world.note("stores", cluster, peer.name().value(), change.kind(), change.key());
        stored.put(key(peer.id(), change.kind(), change.key()), new Stored(world.events(), asSent(change.value())));
        History history = cluster.cluster(peer.name()).history();
        if (change.value() instanceof ImportedService service) {
            service.instances().forEach(instance -> {
                if (!wasExported(history, service.name(), instance)) {
                    world.violated(cluster + " imports what " + peer.name().value() + " never exported: " + instance);
                }
            });
        } else if (change.value() instanceof TrustBundle bundle && !history.hadRoots(bundle.rootPems())) {
            world.violated(cluster + " imports roots that " + peer.name().value() + " never had");
        }
    }

    /** Without the virtual addresses, which this side gives to what it imports. */
    private static @Nullable Object asSent(@Nullable Object value) {
        return value instanceof ImportedService service
                ? new ImportedService(
                        service.name(),
                        service.instances().stream()
                                .map(instance -> new ImportedInstance(
                                        instance.node(),
                                        VirtualAddresses.asRegistered(instance.service()),
                                        instance.checks()))
                                .toList())
                : value;
    }

    private boolean wasExported(History history, String name, ImportedInstance instance) {
        String exported = name.endsWith(Service.SIDECAR_SUFFIX)
                ? name.substring(0, name.length() - Service.SIDECAR_SUFFIX.length())
                : name;
        return history.wasExported(cluster.name(), exported)
                && history.had(instance.node())
                && (name.equals(exported)
                        ? history.had(instance.node(), instance.service())
                        : instance.service().kind().equals(Service.CONNECT_PROXY))
                && instance.checks().stream().map(Check::status).allMatch(History.STATUSES::contains);
    }

    /** Called when an ACK goes out: what it acknowledges was stored after it had arrived. */
    void acknowledged(LinkWatch link, LinkWatch.Heard heard) {
        Resource resource = Objects.requireNonNull(heard.response().payload()).resource();
        boolean kept = localIds(link).stream().anyMatch(id -> isOver(link, id) || isKept(link, id, heard, resource));
        if (!kept) {
            world.violated(link + " acknowledges " + heard.response().nonce() + " "
                    + heard.response().resourceId() + ", which is not stored");
        }
    }

    /** Of a peering that was ended nothing is to be stored any more, and nobody will miss it. */
    private boolean isOver(LinkWatch link, PeeringId id) {
        return cluster.disk()
                .held(link.peer())
                .filter(held -> held.peering().id().equals(id) && held.peering().isActive())
                .isEmpty();
    }

    private boolean isKept(LinkWatch link, PeeringId id, LinkWatch.Heard heard, Resource resource) {
        if (resource instanceof Resource.ExportedService service) {
            ImportedService accepted = ImportRules.service(heard.response().resourceId(), service.instances())
                    .orThrow();
            return wasStored(
                    id,
                    RecordKind.IMPORTED_SERVICE,
                    accepted.name(),
                    heard.event(),
                    value -> accepted.instances().isEmpty() ? value == null : accepted.equals(value));
        }
        if (resource instanceof Resource.Bundle bundle) {
            return wasStored(id, RecordKind.IMPORTED_BUNDLE, "roots", heard.event(), bundle.bundle()::equals);
        }
        if (resource instanceof Resource.ExportedServiceList list) {
            return isPruned(link, id, ImportRules.kept(list.services()));
        }
        List<String> addresses = ((Resource.ServerAddresses) resource).addresses();
        return cluster.disk().decided(link.peer()).stream()
                .filter(decided -> decided.event() >= heard.event())
                .anyMatch(decided -> isReachedAt(decided.peering(), id, addresses));
    }

    private static boolean isReachedAt(@Nullable Peering after, PeeringId id, List<String> addresses) {
        return after == null
                || !after.id().equals(id)
                || !after.isActive()
                || after.serverAddresses().equals(addresses);
    }

    private boolean wasStored(PeeringId id, RecordKind kind, String key, long since, Predicate<@Nullable Object> same) {
        Stored last = stored.get(key(id, kind, key));
        return last != null && last.event() >= since && same.test(last.value());
    }

    /** Unless the imports are somebody else's by now. */
    private boolean isPruned(LinkWatch link, PeeringId id, Set<String> kept) {
        Optional<InMemoryHotState> state = cluster.hot().log().state(PartitionName.DEFAULT);
        if (state.isEmpty() || !link.isLive()) {
            return true;
        }
        PeerScope owner = state.get().importers().get(link.peer().key());
        return owner == null
                || !owner.id().equals(id)
                || kept.containsAll(state.get().importedKeys(link.peer(), RecordKind.IMPORTED_SERVICE));
    }

    /** The ids that the peering of a stream has, or had, on this side. */
    private List<PeeringId> localIds(LinkWatch link) {
        List<PeeringId> ids = new ArrayList<>();
        if (link.role() == Role.ACCEPTOR) {
            ids.add(new PeeringId(link.peerId()));
        } else {
            cluster.disk().decided(link.peer()).stream()
                    .map(SimDisk.Decided::peering)
                    .filter(Objects::nonNull)
                    .filter(peering -> peering.peerId().equals(link.peerId()))
                    .map(Peering::id)
                    .distinct()
                    .forEach(ids::add);
        }
        return ids;
    }

    private static String key(PeeringId id, RecordKind kind, String key) {
        return id.value() + "/" + kind + "/" + key;
    }
}
