package dev.entente.engine.port;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The local catalog, changed only under the lock of a node's name. */
public interface CatalogStore {

    /**
     * Which rows of a node a change is about: so that a node of ten thousand services costs no more than a small one.
     *
     * @param services ids of services to load, each with all its checks
     * @param checks ids of further checks to load
     * @param nodeId also tell which other node has this id; empty for none
     * @param whole load everything of the node (deregistering it, maintenance)
     */
    record Selection(String node, Set<String> services, Set<String> checks, String nodeId, boolean whole) {}

    /** What is held of the selected rows. */
    record Rows(
            Optional<Indexed<Node>> node,
            Map<String, Indexed<Service>> services,
            Map<String, Indexed<Check>> checks,
            Optional<String> nodeNameOfId) {}

    /** Rows to write; a service that is removed takes its checks with it, and a node everything on it. */
    record Writes(
            Optional<Node> node,
            List<Service> services,
            List<Check> checks,
            Set<String> removedServices,
            Set<String> removedChecks,
            boolean removeNode) {
        public static final Writes NOTHING =
                new Writes(Optional.empty(), List.of(), List.of(), Set.of(), Set.of(), false);
    }

    /** Decides on the selected rows and writes; a row written with equal content keeps its indexes and makes no change visible. */
    Uni<Committed<Void>> decide(PartitionName partition, Selection selection, Function<Rows, Outcome<Writes>> decision);

    /** Keeps the newest status of checks for the time after a loss of the hot state; written behind, never read otherwise. */
    Uni<Void> rememberReports(PartitionName partition, Map<String, CheckReport> byCheckKey);
}
