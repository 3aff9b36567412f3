package dev.entente.engine.catalog;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Registration;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.access.Caller;
import dev.entente.engine.access.Permission;
import dev.entente.engine.access.Permission.Area;
import dev.entente.engine.port.CatalogStore;
import dev.entente.engine.port.CatalogStore.Rows;
import dev.entente.engine.port.CatalogStore.Selection;
import dev.entente.engine.port.CatalogStore.Writes;
import dev.entente.engine.view.Publisher;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The catalog's commands over the durable store: validate, ask who may, decide under the node's lock, publish.
 *
 * <p>An answer comes when this replica's own view shows the change.
 */
public final class StoredCatalogCommands implements CatalogCommands {
    private final CatalogStore store;
    private final Publisher publisher;
    private final Authorizer authorizer;
    private final String datacenter;

    public StoredCatalogCommands(CatalogStore store, Publisher publisher, Authorizer authorizer, String datacenter) {
        this.store = store;
        this.publisher = publisher;
        this.authorizer = authorizer;
        this.datacenter = datacenter;
    }

    @Override
    public Uni<Void> register(Caller caller, PartitionName partition, Register command) {
        return Uni.createFrom()
                .item(() -> asked(command).prepared(datacenter).orThrow())
                .call(registration -> vetServices(caller, partition, registration))
                .chain(registration -> nodeWrite(caller, partition, registration.node())
                        .chain(nodeRefusal -> write(partition, registration, nodeRefusal)));
    }

    @Override
    public Uni<Void> deregister(Caller caller, PartitionName partition, Deregister command) {
        Optional<Refusal> refusal = Registration.otherDatacenter(command.datacenter(), datacenter)
                .or(() -> command.node().isEmpty()
                        ? Optional.of(Refusal.invalid("Must provide node"))
                        : Optional.empty());
        if (refusal.isPresent()) {
            return Uni.createFrom().failure(new RefusedException(refusal.get()));
        }
        if (!command.peerName().isEmpty()) {
            // What a peer exports is not ours to take away; Consul says true as for anything absent.
            return Uni.createFrom().voidItem();
        }
        return vetDeregistration(caller, partition, command).chain(() -> remove(partition, command));
    }

    private static Registration asked(Register command) {
        return new Registration(
                command.datacenter(),
                command.nodeId(),
                command.node(),
                command.address(),
                command.taggedAddresses(),
                command.nodeMeta(),
                command.service(),
                command.checks(),
                command.skipNodeUpdate(),
                command.peerName());
    }

    private Uni<Void> vetServices(Caller caller, PartitionName partition, Registration registration) {
        Uni<Void> vetted = Uni.createFrom().voidItem();
        for (String name : namesToWrite(registration)) {
            vetted = vetted.chain(() -> authorizer.require(caller, partition, Permission.write(Area.SERVICE, name)));
        }
        return vetted;
    }

    private static List<String> namesToWrite(Registration registration) {
        return registration.service().stream()
                .flatMap(service -> Stream.of(service.name(), service.proxy().destinationServiceName()))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Empty when the caller may write the node; else the refusal, for those who turn out to need that right. */
    private Uni<Optional<Refusal>> nodeWrite(Caller caller, PartitionName partition, String node) {
        return authorizer
                .require(caller, partition, Permission.write(Area.NODE, node))
                .map(allowed -> Optional.<Refusal>empty())
                .onFailure(RefusedException.class)
                .recoverWithItem(failure -> Optional.of(failure.refusal()));
    }

    private Uni<Void> write(PartitionName partition, Registration registration, Optional<Refusal> nodeRefusal) {
        AtomicReference<Optional<String>> replaced = new AtomicReference<>(Optional.empty());
        return apply(partition, selection(registration), rows -> {
                    Outcome<Registration.Result> outcome = decide(registration, rows, nodeRefusal);
                    replaced.set(outcome.fold(Registration.Result::replaces, refusal -> Optional.empty()));
                    // A node that takes another name first loses the old one, under that name's lock; then this is
                    // repeated.
                    return outcome.map(result -> result.replaces().isPresent() ? Writes.NOTHING : writes(result));
                })
                .chain(() -> Objects.requireNonNull(replaced.get())
                        .map(old -> removeNode(partition, old)
                                .chain(() -> writeRenamed(partition, registration, nodeRefusal)))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> writeRenamed(PartitionName partition, Registration registration, Optional<Refusal> nodeRefusal) {
        return apply(
                partition,
                selection(registration),
                rows -> decide(registration, rows, nodeRefusal).map(StoredCatalogCommands::writes));
    }

    private Uni<Void> apply(PartitionName partition, Selection selection, Function<Rows, Outcome<Writes>> decision) {
        return store.decide(partition, selection, decision).chain(committed -> publisher.publish(partition, committed));
    }

    private static Outcome<Registration.Result> decide(
            Registration registration, Rows rows, Optional<Refusal> nodeRefusal) {
        var held = HeldRows.of(rows);
        boolean needsNode =
                registration.changesNode(held) || registration.checks().stream().anyMatch(Check::isNodeCheck);
        if (needsNode && nodeRefusal.isPresent()) {
            return Outcome.refused(nodeRefusal.get());
        }
        return registration.decide(held);
    }

    private static Selection selection(Registration registration) {
        Set<String> services = Stream.concat(
                        registration.service().map(Service::id).stream(),
                        registration.checks().stream().map(Check::serviceId).filter(id -> !id.isEmpty()))
                .collect(Collectors.toUnmodifiableSet());
        Set<String> checks = Stream.concat(
                        Stream.of(Check.SERF_HEALTH),
                        registration.checks().stream().map(Check::id))
                .collect(Collectors.toUnmodifiableSet());
        return new Selection(registration.node(), services, checks, registration.nodeId(), false);
    }

    private static Writes writes(Registration.Result result) {
        return new Writes(
                result.node(), result.service().stream().toList(), result.checks(), Set.of(), Set.of(), false);
    }

    private Uni<Void> vetDeregistration(Caller caller, PartitionName partition, Deregister command) {
        return nodeWrite(caller, partition, command.node())
                .chain(nodeRefusal -> nodeRefusal.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : vetService(caller, partition, command, nodeRefusal.get()));
    }

    /** Without the right to write the node, that of the service is enough; the service is known by its row only. */
    private Uni<Void> vetService(Caller caller, PartitionName partition, Deregister command, Refusal nodeRefusal) {
        AtomicReference<Outcome<String>> name = new AtomicReference<>(Outcome.refused(nodeRefusal));
        return store.decide(partition, selection(command), rows -> {
                    name.set(serviceName(command, rows, nodeRefusal));
                    return Outcome.accepted(Writes.NOTHING);
                })
                .chain(() -> authorizer.require(
                        caller,
                        partition,
                        Permission.write(
                                Area.SERVICE, Objects.requireNonNull(name.get()).orThrow())));
    }

    private static Outcome<String> serviceName(Deregister command, Rows rows, Refusal nodeRefusal) {
        if (!command.serviceId().isEmpty()) {
            var service = rows.services().get(command.serviceId());
            return service == null
                    ? Outcome.refused(Refusal.invalid("Unknown service ID '" + command.serviceId() + "'"))
                    : Outcome.accepted(service.value().name());
        }
        if (command.checkId().isEmpty()) {
            return Outcome.refused(nodeRefusal);
        }
        var check = rows.checks().get(command.checkId());
        if (check == null) {
            return Outcome.refused(Refusal.invalid("Unknown check ID '" + command.checkId() + "'"));
        }
        return check.value().isNodeCheck()
                ? Outcome.refused(nodeRefusal)
                : Outcome.accepted(check.value().serviceName());
    }

    private static Selection selection(Deregister command) {
        return new Selection(command.node(), setOf(command.serviceId()), setOf(command.checkId()), "", false);
    }

    private static Set<String> setOf(String id) {
        return id.isEmpty() ? Set.of() : Set.of(id);
    }

    private Uni<Void> remove(PartitionName partition, Deregister command) {
        if (!command.serviceId().isEmpty()) {
            return removeService(partition, command);
        }
        return command.checkId().isEmpty() ? removeNode(partition, command.node()) : removeCheck(partition, command);
    }

    private Uni<Void> removeService(PartitionName partition, Deregister command) {
        Writes removal = removal(Set.of(command.serviceId()), Set.of(), false);
        return apply(
                partition,
                selection(command),
                rows -> Outcome.accepted(rows.services().containsKey(command.serviceId()) ? removal : Writes.NOTHING));
    }

    private Uni<Void> removeCheck(PartitionName partition, Deregister command) {
        Writes removal = removal(Set.of(), Set.of(command.checkId()), false);
        return apply(
                partition,
                selection(command),
                rows -> Outcome.accepted(rows.checks().containsKey(command.checkId()) ? removal : Writes.NOTHING));
    }

    private Uni<Void> removeNode(PartitionName partition, String node) {
        Writes removal = removal(Set.of(), Set.of(), true);
        return apply(
                partition,
                new Selection(node, Set.of(), Set.of(), "", true),
                rows -> Outcome.accepted(rows.node().isPresent() ? removal : Writes.NOTHING));
    }

    private static Writes removal(Set<String> services, Set<String> checks, boolean node) {
        return new Writes(Optional.empty(), List.of(), List.of(), services, checks, node);
    }
}
