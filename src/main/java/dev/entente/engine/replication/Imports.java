package dev.entente.engine.replication;

import dev.entente.domain.catalog.ImportedService;
import dev.entente.domain.export.ImportRules;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.stream.ImportOperation;
import dev.entente.domain.trust.TrustBundle;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.LateCallException;
import dev.entente.engine.port.Lease;
import dev.entente.engine.port.PeerScope;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.port.StoreUnavailableException;
import dev.entente.engine.view.PartitionView;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores what one peer sends (protocol chapter 4). Everything goes under the peer's own scope, and only while this replica holds
 * the lease of the stream: a replica that was cut off cannot write over what its successor stored.
 */
final class Imports implements ImportOperation.Handler<Uni<Void>> {
    private static final String BUNDLE_KEY = "roots";
    /** For some hundred thousand instances of the usual size. */
    private static final long LIMIT = 128L * 1024 * 1024;

    private static final int DRESSED_AT_ONCE = 16;

    private final ReplicationPorts ports;
    private final Peering peering;
    private final PeerScope scope;
    private final Lease fence;
    private final BundleRules bundles;
    private final PeerAddresses addresses;
    /** Stored without the addresses that they should carry; a part of the imports, whose size is bounded. */
    private final Map<String, ImportedService> undressed = new LinkedHashMap<>();

    private @Nullable ImportQuota quota;
    /** Written on the stream's event loop, read where the view completes a wait. */
    private volatile boolean over;

    Imports(ReplicationPorts ports, Peering peering, Lease fence) {
        this.ports = ports;
        this.peering = peering;
        this.scope = new PeerScope(peering.name(), peering.id());
        this.fence = fence;
        this.bundles = new BundleRules(ports.view());
        this.addresses = new PeerAddresses(ports.addresses(), ports.clock(), peering.partition(), peering.name());
    }

    /** Completes when the operation is stored, which is when it may be acknowledged. */
    Uni<Void> store(ImportOperation operation) {
        return operation.handle(this);
    }

    /** Nothing is written any more: what is still on its way here is older than what the next stream brings. */
    void close() {
        over = true;
    }

    @Override
    public Uni<Void> service(ImportedService service) {
        String name = service.name();
        if (!quota().admits(service)) {
            return refused("all imports of this peer together would be larger than " + LIMIT / (1024 * 1024) + " MiB");
        }
        undressed.remove(name);
        if (service.instances().isEmpty()) {
            return append(List.of(Change.importRemoval(RecordKind.IMPORTED_SERVICE, scope, name)));
        }
        return addresses
                .carriedBy(service)
                .chain(carrying -> append(List.of(imported(carrying))))
                .invoke(() -> noteAddresses(service));
    }

    private void noteAddresses(ImportedService stored) {
        if (addresses.owes(stored)) {
            undressed.put(stored.name(), stored);
        }
    }

    private Change imported(ImportedService service) {
        return Change.imported(RecordKind.IMPORTED_SERVICE, scope, service.name(), service);
    }

    /** Whether something is stored without the addresses that it should carry. */
    boolean lacksAddresses() {
        return !undressed.isEmpty();
    }

    /** The addresses that are lacking; fails when they cannot be had at present. */
    Uni<Map<String, String>> lackingAddresses() {
        return addresses.ask(undressed.values());
    }

    /** Stores some of what lacks addresses anew, with these. */
    Uni<Void> dress(Map<String, String> given) {
        addresses.learn(given);
        List<ImportedService> some =
                undressed.values().stream().limit(DRESSED_AT_ONCE).toList();
        return append(some.stream().map(addresses::dressed).map(this::imported).toList())
                .invoke(() -> some.forEach(service -> undressed.remove(service.name())));
    }

    /** What is stored is read from the view, which first has to show all that was stored before. */
    @Override
    public Uni<Void> list(List<String> names) {
        Set<String> kept = ImportRules.kept(names);
        quota().retain(kept);
        undressed.keySet().retainAll(kept);
        return ports.log()
                .position(peering.partition())
                .chain(position -> ports.view().applied(peering.partition(), position))
                .map(applied -> removals(kept))
                .chain(this::append)
                .chain(() -> addresses.retain(kept));
    }

    @Override
    public Uni<Void> bundle(TrustBundle bundle) {
        return bundles.faultOf(bundle, peering)
                .map(Imports::refused)
                .orElseGet(
                        () -> append(List.of(Change.imported(RecordKind.IMPORTED_BUNDLE, scope, BUNDLE_KEY, bundle))));
    }

    /** PostgreSQL may be away while imports go on, so that is a refusal of this one resource and no reason to wait. */
    @Override
    public Uni<Void> addresses(List<String> addresses) {
        return ports.notices()
                .reachedAt(peering, addresses)
                .onFailure(StoreUnavailableException.class)
                .transform(failure -> new RefusedException(
                        new Refusal(Refusal.Kind.UNAVAILABLE, "the server addresses cannot be stored at present")));
    }

    private List<Change> removals(Set<String> kept) {
        Optional<PartitionView> view = ports.view().partition(peering.partition());
        return view
                .map(partition -> partition.serviceNames(peering.name()).value().keySet())
                .orElseGet(Set::of)
                .stream()
                .filter(name -> !kept.contains(name))
                .map(name -> Change.importRemoval(RecordKind.IMPORTED_SERVICE, scope, name))
                .toList();
    }

    private Uni<Void> append(List<Change> changes) {
        if (changes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        if (over) {
            return Uni.createFrom().failure(new LateCallException("the stream has ended"));
        }
        return ports.log()
                .append(peering.partition(), changes, Optional.of(fence))
                .replaceWithVoid();
    }

    private ImportQuota quota() {
        ImportQuota known = quota;
        if (known == null) {
            ImportQuota counted = new ImportQuota(LIMIT);
            ports.view()
                    .partition(peering.partition())
                    .ifPresent(partition -> counted.count(partition, peering.name()));
            quota = counted;
            return counted;
        }
        return known;
    }

    private static Uni<Void> refused(String text) {
        return Uni.createFrom().failure(new RefusedException(new Refusal(Refusal.Kind.INTERNAL, text)));
    }
}
