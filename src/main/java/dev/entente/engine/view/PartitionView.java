package dev.entente.engine.view;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.trust.TrustBundle;
import dev.entente.engine.port.CaRoots;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What this replica knows of one partition, readable from any thread without a lock (architecture §2, the read view).
 *
 * <p>A null peer means the local catalog. The index of an answer is the position of the last change that the answer can show; for
 * something that does not exist it is that of the table it would be in (protocol chapter 6.1.5).
 */
public interface PartitionView {

    PartitionName partition();

    /** The position of the newest entry that is applied here. */
    long position();

    /** The instances of a service, whose name may be in any case, in Consul's order: by node name, then by service id. */
    Found<ServiceInstances> service(@Nullable PeerName peer, String service);

    /** Proxies whose destination is the service, and its connect-native instances. */
    Found<List<Instance>> connect(@Nullable PeerName peer, String service);

    /** All checks of the instances of a service. */
    Found<List<Indexed<Check>>> checksOfService(@Nullable PeerName peer, String service);

    /** A node, by its name in whatever case or its id, with everything on it. */
    Found<Optional<NodeContents>> node(@Nullable PeerName peer, String node);

    /** A node with its services; no check is told, and none changes the index. */
    Found<Optional<NodeContents>> nodeServices(@Nullable PeerName peer, String node);

    /** The checks of a node and of the services on it; nothing else changes the index. */
    Found<List<Indexed<Check>>> nodeChecks(@Nullable PeerName peer, String node);

    Found<List<Indexed<Node>>> nodes(@Nullable PeerName peer);

    /** A local check; asked for at every report, so an implementation finds it without walking the node. */
    default Optional<Indexed<Check>> check(String node, String checkId) {
        return node(null, node).value().stream()
                .flatMap(contents -> contents.checks().stream())
                .filter(check -> check.value().id().equals(checkId))
                .findFirst();
    }

    /** A local service by the id that it has on its node. */
    default Optional<Indexed<Service>> serviceOn(String node, String serviceId) {
        return node(null, node).value().stream()
                .flatMap(contents -> contents.services().stream())
                .filter(service -> service.value().id().equals(serviceId))
                .findFirst();
    }

    /** All checks in this state, in whatever case it is written; {@code any} for all. */
    Found<List<Indexed<Check>>> checksInState(@Nullable PeerName peer, String state);

    /** Names of services with the distinct tags of their instances. */
    Found<SortedMap<String, SortedSet<String>>> serviceNames(@Nullable PeerName peer);

    /** All instances of a catalog, by the name of the service, then as in {@link #service}. */
    Found<List<Instance>> instances(@Nullable PeerName peer);

    /** The local instances that are mesh gateways, under whatever names they are registered, by node and id. */
    List<Instance> meshGateways();

    /** All nodes of a catalog by name, with everything on them. */
    Found<List<NodeContents>> contents(@Nullable PeerName peer);

    /** The peers that ever exported something to us, spelled as their peerings are, in the order of their keys. */
    List<PeerName> exporters();

    Found<Optional<Indexed<ConfigEntry>>> configEntry(String kind, String name);

    Found<List<Indexed<ConfigEntry>>> configEntries(String kind);

    /** All peerings by key. */
    Found<List<Indexed<Peering>>> peerings();

    Optional<Indexed<Peering>> peering(PeerName name);

    Found<Optional<Indexed<TrustBundle>>> trustBundle(PeerName peer);

    /** The cluster's roots; only the default partition has them. */
    Found<Optional<Indexed<CaRoots>>> caRoots();

    /** How many instances, nodes and bundles of each peer key are held, for proving that nothing is left. */
    Map<String, Integer> importedCounts();
}
