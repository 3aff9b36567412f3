package dev.entente.engine.peering;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.export.ExportRules;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.SecretChange;
import dev.entente.domain.peering.WritePeering;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.access.Caller;
import dev.entente.engine.access.Permission;
import dev.entente.engine.port.Ids;
import dev.entente.engine.view.Found;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.View;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Bundles are read from the view, records are written to the store. */
public final class StoredPeeringRecords implements PeeringRecords {
    private static final String MESH_GATEWAY = "mesh-gateway";

    private final PeeringGate gate;
    private final Authorizer authorizer;
    private final View view;
    private final PeeringWrites writes;
    private final Ids ids;

    public StoredPeeringRecords(PeeringGate gate, Authorizer authorizer, View view, PeeringWrites writes, Ids ids) {
        this.gate = gate;
        this.authorizer = authorizer;
        this.view = view;
        this.writes = writes;
        this.ids = ids;
    }

    @Override
    public Uni<Found<Optional<HeldBundle>>> trustBundle(Caller caller, String partition, String peer) {
        return in(partition)
                .call(where -> authorizer.require(caller, where, Permission.write(Permission.Area.SERVICE, "")))
                .map(where -> held(viewOf(where), new PeerName(peer)));
    }

    @Override
    public Uni<Found<List<HeldBundle>>> trustBundles(Caller caller, BundlesQuery query) {
        return Uni.createFrom()
                .item(() -> checked(query).orThrow())
                .call(where ->
                        authorizer.require(caller, where, Permission.write(Permission.Area.SERVICE, query.service())))
                .map(where -> bundles(viewOf(where), query));
    }

    @Override
    public Uni<Void> write(
            Caller caller,
            String partition,
            BiFunction<PartitionName, PeeringId, Peering> wanted,
            SecretChange secrets) {
        return in(partition)
                .call(where -> gate.mayWrite(caller, where))
                .map(where -> wanted.apply(where, new PeeringId(ids.uuid())))
                .chain(peering ->
                        writes.perform(peering.partition(), peering.name(), new WritePeering(peering, secrets)))
                .replaceWithVoid();
    }

    private Uni<PartitionName> in(String partition) {
        return Uni.createFrom()
                .item(() -> gate.enabled(partition).flatMap(gate::partition).orThrow());
    }

    /** In the order of protocol chapter 2.9: which of several faults is told. */
    private Outcome<PartitionName> checked(BundlesQuery query) {
        return gate.enabled(query)
                .flatMap(asked -> gate.partition(asked.partition()))
                .flatMap(where -> {
                    if (!query.namespace().isEmpty() && !query.namespace().equalsIgnoreCase("default")) {
                        return Outcome.refused(new Refusal(
                                Refusal.Kind.INVALID_ARGUMENT, "Namespaces are a Consul Enterprise feature"));
                    }
                    return query.service().isEmpty()
                            ? Outcome.refused(Refusal.invalid("missing service name"))
                            : Outcome.accepted(where);
                });
    }

    private PartitionView viewOf(PartitionName partition) {
        return view.partition(partition).orElseThrow();
    }

    private static Found<List<HeldBundle>> bundles(PartitionView partition, BundlesQuery query) {
        Found<List<PeerName>> peers =
                query.kind().equals(MESH_GATEWAY) ? allPeers(partition) : importers(partition, query.service());
        List<HeldBundle> bundles = new ArrayList<>();
        long index = peers.index();
        for (PeerName peer : peers.value()) {
            Found<Optional<HeldBundle>> found = held(partition, peer);
            index = Math.max(index, found.index());
            found.value().ifPresent(bundles::add);
        }
        return new Found<>(index, List.copyOf(bundles));
    }

    private static Found<List<PeerName>> allPeers(PartitionView partition) {
        return partition
                .peerings()
                .map(peerings ->
                        peerings.stream().map(peering -> peering.value().name()).toList());
    }

    /** Peers whose peering is over, or never was, are left out. */
    private static Found<List<PeerName>> importers(PartitionView partition, String service) {
        return partition
                .configEntry(ExportedServicesEntry.KIND, ExportRules.ENTRY_NAME)
                .map(entry -> entry.map(Indexed::value)
                        .filter(ExportedServicesEntry.class::isInstance)
                        .map(ExportedServicesEntry.class::cast))
                .map(entry -> ExportRules.peersOf(entry, service).stream()
                        .flatMap(name -> activeNamed(partition, name))
                        .toList());
    }

    private static Stream<PeerName> activeNamed(PartitionView partition, String name) {
        return partition.peering(new PeerName(name)).map(Indexed::value).filter(Peering::isActive).stream()
                .map(Peering::name)
                .filter(known -> known.value().equals(name));
    }

    private static Found<Optional<HeldBundle>> held(PartitionView partition, PeerName peer) {
        return partition
                .trustBundle(peer)
                .map(found -> found.map(
                        bundle -> new HeldBundle(peer, bundle.value(), bundle.createIndex(), bundle.modifyIndex())));
    }
}
