package dev.entente.engine.agent;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.chain.CentralConfig;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.config.ViewEntries;
import dev.entente.engine.port.CatalogStore;
import dev.entente.engine.port.CatalogStore.Rows;
import dev.entente.engine.port.CatalogStore.Selection;
import dev.entente.engine.port.CatalogStore.Writes;
import dev.entente.engine.view.Publisher;
import dev.entente.engine.view.View;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the rows of this replica's own node and makes them visible. */
public final class OwnNodeStore {
    private final CatalogStore store;
    private final Publisher publisher;
    private final View view;
    private final AgentSettings settings;
    private final Told told;

    public OwnNodeStore(CatalogStore store, Publisher publisher, View view, AgentSettings settings, Told told) {
        this.told = told;
        this.store = store;
        this.publisher = publisher;
        this.view = view;
        this.settings = settings;
    }

    /** Puts the node itself into the default partition, alive, with the service {@code consul}. */
    public Uni<Void> addNode() {
        AtomicReference<Optional<String>> formerName = new AtomicReference<>(Optional.empty());
        return writeNode(formerName)
                .chain(() -> Objects.requireNonNull(formerName.get())
                        .map(name -> removeNode(name).chain(() -> writeNode(formerName)))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /** Writes the node, unless another name has its id: then that name is noted, for it has to go first. */
    private Uni<Void> writeNode(AtomicReference<Optional<String>> formerName) {
        Selection selection = new Selection(
                settings.nodeName(),
                Set.of(OwnNode.CONSUL_SERVICE),
                Set.of(Check.SERF_HEALTH),
                settings.nodeId(),
                false);
        return apply(PartitionName.DEFAULT, selection, rows -> {
            Optional<String> former = rows.nodeNameOfId().filter(name -> !name.equals(settings.nodeName()));
            formerName.set(former);
            return Outcome.accepted(former.isPresent() ? Writes.NOTHING : nodeWrites());
        });
    }

    private Uni<Void> removeNode(String name) {
        Writes removal = new Writes(Optional.empty(), List.of(), List.of(), Set.of(), Set.of(), true);
        return apply(
                PartitionName.DEFAULT,
                new Selection(name, Set.of(), Set.of(), "", true),
                rows -> Outcome.accepted(rows.node().isPresent() ? removal : Writes.NOTHING));
    }

    /** Takes a service away on the agent's own account, as one that was critical for too long; nothing when it is absent. */
    public Uni<Void> reapService(PartitionName partition, String serviceId) {
        return removeService(partition, serviceId).replaceWithVoid();
    }

    Uni<Void> add(PartitionName partition, AgentRegistration registration) {
        Selection selection = registration.needsSidecarPort()
                ? new Selection(settings.nodeName(), Set.of(), Set.of(), "", true)
                : selection(serviceIds(registration), checkIds(registration));
        return tell(partition, selection, rows -> own(partition, rows).add(registration))
                .chain(() -> followEntries(partition, serviceIds(registration)));
    }

    /** Tells whether there was such a service. */
    Uni<Boolean> removeService(PartitionName partition, String serviceId) {
        AtomicBoolean found = new AtomicBoolean();
        Set<String> ids = Set.of(serviceId, SidecarDefaults.idOf(serviceId));
        return apply(partition, selection(ids, Set.of()), rows -> {
                    found.set(rows.services().containsKey(serviceId)
                            || told.service(partition, serviceId).isPresent());
                    return Outcome.accepted(
                            found.get() ? removal(partition, serviceId, own(partition, rows)) : Writes.NOTHING);
                })
                .map(done -> found.get());
    }

    private Writes removal(PartitionName partition, String serviceId, OwnRows rows) {
        Set<String> gone = Stream.concat(
                        Stream.of(serviceId),
                        told.service(partition, SidecarDefaults.idOf(serviceId)).stream()
                                .filter(service -> SidecarDefaults.isSidecarOf(service, serviceId))
                                .map(Service::id))
                .collect(Collectors.toSet());
        told.remove(partition, gone, Set.of());
        return rows.removeService(serviceId);
    }

    /** Brings the services of this node to what config entries say now; writes nothing when all have it. */
    Uni<Void> followEntries(PartitionName partition) {
        return followEntries(partition, service -> true);
    }

    /** The same for some services: an entry may have changed while they were written. */
    private Uni<Void> followEntries(PartitionName partition, Set<String> services) {
        return followEntries(partition, service -> services.contains(service.id()));
    }

    private Uni<Void> followEntries(PartitionName partition, Predicate<Service> which) {
        return Uni.createFrom().deferred(() -> {
            Set<String> behind = behind(partition, which);
            return behind.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : apply(
                            partition,
                            selection(behind, Set.of()),
                            rows -> Outcome.accepted(own(partition, rows).followEntries()));
        });
    }

    private Set<String> behind(PartitionName partition, Predicate<Service> which) {
        UnaryOperator<Service> kept = kept(view, partition);
        return view.partition(partition)
                .flatMap(contents -> contents.node(null, settings.nodeName()).value())
                .map(node -> node.services().stream()
                        .map(Indexed::value)
                        .filter(service ->
                                which.test(service) && !kept.apply(service).equals(service))
                        .map(Service::id)
                        .collect(Collectors.toUnmodifiableSet()))
                .orElse(Set.of());
    }

    /** As a service stands in the catalog by the entries that this replica shows. */
    static UnaryOperator<Service> kept(View view, PartitionName partition) {
        return view.partition(partition)
                .map(contents -> new CentralConfig(new ViewEntries(contents)))
                .<UnaryOperator<Service>>map(central -> central::kept)
                .orElse(UnaryOperator.identity());
    }

    Uni<Void> addCheck(PartitionName partition, Check check) {
        return tell(
                partition,
                selection(Set.of(), Set.of(check.id())),
                rows -> Outcome.accepted(own(partition, rows).add(check)));
    }

    /** Adds a check unless there is one of its id. */
    Uni<Void> addCheckOnce(PartitionName partition, Check check) {
        return tell(
                partition,
                selection(Set.of(), Set.of(check.id())),
                rows -> Outcome.accepted(
                        rows.checks().containsKey(check.id())
                                ? Writes.NOTHING
                                : own(partition, rows).add(check)));
    }

    Uni<Void> removeCheck(PartitionName partition, String checkId) {
        return apply(partition, selection(Set.of(), Set.of(checkId)), rows -> {
            told.remove(partition, Set.of(), Set.of(checkId));
            return Outcome.accepted(own(partition, rows).removeCheck(checkId));
        });
    }

    /** A service of this node: as the agent was told, or while that is not known, as the catalog has it. */
    Optional<Service> service(PartitionName partition, String id) {
        return told.isKnown(partition)
                ? told.service(partition, id)
                : view.partition(partition)
                        .flatMap(contents -> contents.serviceOn(settings.nodeName(), id))
                        .map(Indexed::value);
    }

    /** The same of a check. */
    Optional<Check> check(PartitionName partition, String id) {
        return told.isKnown(partition) ? told.check(partition, id) : newest(partition, id);
    }

    /** Writes what a client or a file tells the agent. */
    private Uni<Void> tell(PartitionName partition, Selection selection, Function<Rows, Outcome<Writes>> decision) {
        return apply(
                partition,
                selection,
                rows -> decision.apply(rows).map(writes -> {
                    told.follow(partition, writes);
                    return writes;
                }));
    }

    private Uni<Void> apply(PartitionName partition, Selection selection, Function<Rows, Outcome<Writes>> decision) {
        return store.decide(partition, selection, decision).chain(committed -> publisher.publish(partition, committed));
    }

    private Writes nodeWrites() {
        Check alive = OwnNode.serfHealth(settings.nodeName(), Check.PASSING, OwnNode.ALIVE);
        return new Writes(
                Optional.of(OwnNode.node(settings)),
                List.of(OwnNode.consul(settings)),
                List.of(alive),
                Set.of(),
                Set.of(),
                false);
    }

    private OwnRows own(PartitionName partition, Rows rows) {
        return new OwnRows(
                settings,
                rows,
                checkId -> newest(partition, checkId),
                checkId -> !told.isKnown(partition)
                        || told.check(partition, checkId).isPresent(),
                kept(view, partition));
    }

    private Optional<Check> newest(PartitionName partition, String checkId) {
        return view.partition(partition)
                .flatMap(contents -> contents.check(settings.nodeName(), checkId))
                .map(Indexed::value);
    }

    private Selection selection(Set<String> services, Set<String> checks) {
        return new Selection(settings.nodeName(), services, checks, "", false);
    }

    private static Set<String> serviceIds(AgentRegistration registration) {
        return Stream.concat(Stream.of(registration.service()), registration.sidecar().stream())
                .map(Service::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Set<String> checkIds(AgentRegistration registration) {
        Stream<Check> ofSidecar = registration.sidecar().stream()
                .flatMap(sidecar -> registration.checksOf(sidecar, settings.nodeName()).stream());
        return Stream.concat(
                        AgentChecks.ofService(registration.checks(), registration.service(), settings.nodeName())
                                .stream(),
                        ofSidecar)
                .map(Check::id)
                .collect(Collectors.toUnmodifiableSet());
    }
}
