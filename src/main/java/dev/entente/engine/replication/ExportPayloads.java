package dev.entente.engine.replication;

import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.export.ExportRules;
import dev.entente.domain.export.ExportedChain;
import dev.entente.domain.export.MeshIdentity;
import dev.entente.domain.export.ServicePayload;
import dev.entente.domain.export.SyntheticProxy;
import dev.entente.domain.export.SyntheticProxy.ExportedTo;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.stream.Resource;
import dev.entente.domain.trust.CaRoot;
import dev.entente.domain.trust.TrustBundle;
import dev.entente.engine.config.ViewEntries;
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
        return view.partition(partition).map(ExportPayloads::typicalNamesIn).orElseGet(List::of);
    }

    static Collection<String> typicalNamesIn(PartitionView partition) {
        return partition.serviceNames(null).value().keySet().stream()
                .filter(name -> partition.service(null, name).value().instances().stream()
                        .anyMatch(instance -> instance.service().value().isTypical()))
                .toList();
    }

    /**
     * The proxies that stand for the exported services; none without a service mesh, empty ones without a gateway. Of a listed
     * service whose chain is not told there is a proxy nevertheless; of a name that only has a chain there is none then.
     */
    Map<String, Resource.ExportedService> synthetic(
            Optional<ExportedServicesEntry> entry, Set<String> names, PeerName peer) {
        Map<String, Resource.ExportedService> payloads = new LinkedHashMap<>();
        Optional<CaRoots> roots = roots();
        Optional<PartitionView> held = view.partition(partition);
        if (roots.isEmpty() || held.isEmpty()) {
            return payloads;
        }
        ViewEntries entries = new ViewEntries(held.get());
        MeshIdentity identity = new MeshIdentity(roots.get().trustDomain(), cluster.datacenter(), partition);
        List<Instance> gateways = held.get().meshGateways();
        for (String name : ExportRules.chains(entry, peer, names, entries::chainNames)) {
            if (gateways.isEmpty() && names.contains(name)) {
                // Whatever its chain is, there is nobody to tell it of.
                payloads.put(SyntheticProxy.resourceId(name), NO_INSTANCES);
                continue;
            }
            Optional<ExportedChain> chain = ExportedChain.of(name, identity, entries);
            if (chain.isPresent() || names.contains(name)) {
                ExportedTo exported = new ExportedTo(name, peer);
                List<ImportedInstance> proxies =
                        SyntheticProxy.of(exported, chain.orElse(ExportedChain.UNTOLD), gateways, identity);
                payloads.put(SyntheticProxy.resourceId(name), new Resource.ExportedService(proxies));
            }
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
