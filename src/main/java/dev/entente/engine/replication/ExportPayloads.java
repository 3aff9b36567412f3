package dev.entente.engine.replication;

import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.export.MeshIdentity;
import dev.entente.domain.export.ServicePayload;
import dev.entente.domain.export.SyntheticProxy;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.stream.Resource;
import dev.entente.domain.trust.CaRoot;
import dev.entente.domain.trust.TrustBundle;
import dev.entente.engine.peering.ServerAddresses;
import dev.entente.engine.port.CaRoots;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.View;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads from the view what is exported from a partition (protocol chapter 5). */
final class ExportPayloads {
    /** The name under which mesh gateways register. */
    static final Topic GATEWAYS = Topic.service(null, "mesh-gateway");

    /** The service as which our own servers stand in the catalog of the default partition. */
    static final Topic SERVERS = Topic.service(null, ServerAddresses.SERVICE);

    private static final Resource.ExportedService NO_INSTANCES = new Resource.ExportedService(List.of());

    private final View view;
    private final PartitionName partition;
    private final LocalCluster cluster;

    ExportPayloads(View view, PartitionName partition, LocalCluster cluster) {
        this.view = view;
        this.partition = partition;
        this.cluster = cluster;
    }

    Resource.ExportedService service(String name) {
        List<Instance> instances = instances(view.partition(partition), name);
        return instances.isEmpty() ? NO_INSTANCES : new Resource.ExportedService(ServicePayload.of(instances));
    }

    /** The names that have typical instances. */
    Collection<String> typicalNames() {
        Optional<PartitionView> held = view.partition(partition);
        return held.map(present -> present.serviceNames(null).value().keySet()).orElseGet(Set::of).stream()
                .filter(name -> instances(held, name).stream()
                        .anyMatch(instance -> instance.service().value().isTypical()))
                .toList();
    }

    /** The proxies that stand for the exported services; none without a service mesh, empty ones without a gateway. */
    Map<String, Resource.ExportedService> synthetic(Collection<String> names, PeerName peer) {
        Map<String, Resource.ExportedService> payloads = new LinkedHashMap<>();
        Optional<CaRoots> roots = roots();
        if (roots.isEmpty()) {
            return payloads;
        }
        MeshIdentity identity = new MeshIdentity(roots.get().trustDomain(), cluster.datacenter(), partition);
        List<Instance> gateways = gateways();
        for (String name : names) {
            payloads.put(
                    SyntheticProxy.resourceId(name),
                    gateways.isEmpty()
                            ? NO_INSTANCES
                            : new Resource.ExportedService(SyntheticProxy.of(name, peer, gateways, identity)));
        }
        return payloads;
    }

    /** Our roots; none without a service mesh, and none before there are any. */
    Optional<Resource.Bundle> bundle() {
        return roots().map(known -> new Resource.Bundle(new TrustBundle(
                known.trustDomain(),
                known.roots().stream().map(CaRoot::rootCert).toList(),
                partition.external())));
    }

    /** Where our servers are dialed; empty while there are none. */
    Resource.ServerAddresses addresses() {
        return new Resource.ServerAddresses(
                new ServerAddresses(view).own().fold(addresses -> addresses, refusal -> List.of()));
    }

    private List<Instance> gateways() {
        return instances(view.partition(partition), GATEWAYS.name()).stream()
                .filter(instance -> instance.service().value().kind().equals(Service.MESH_GATEWAY))
                .toList();
    }

    private Optional<CaRoots> roots() {
        return cluster.meshEnabled()
                ? view.defaultPartition().caRoots().value().map(held -> held.value())
                : Optional.empty();
    }

    private static List<Instance> instances(Optional<PartitionView> held, String name) {
        return held.map(present -> present.service(null, name).value().instances())
                .orElseGet(List::of);
    }
}
