package dev.entente.engine.agent;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.CatalogStore.Writes;
import dev.entente.engine.port.CheckReport;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What clients and files have told this agent: the services and checks of its node as they are to be, whatever others write over the
 * node's rows in the catalog (protocol chapter 6.8).
 *
 * <p>Nothing is known of a partition before its rows were loaded, once in the life of the process. Changed under the lock of the node's
 * rows, and so in the order in which these change; a command that fails afterwards counts all the same, as in a Consul agent. Safe for
 * any thread.
 */
public final class Told {
    private final Map<PartitionName, Contents> partitions = new ConcurrentHashMap<>();
    /** What checks have reported before they were known here: it may be on its way, and not be in what is loaded. */
    private final Map<PartitionName, Map<String, CheckReport>> heardEarly = new ConcurrentHashMap<>();

    private record Contents(Map<String, Service> services, Map<String, Check> checks) {
        Contents() {
            this(new ConcurrentSkipListMap<>(), new ConcurrentSkipListMap<>());
        }
    }

    /** The services by id; empty while they are not known. */
    public Optional<List<Service>> services(PartitionName partition) {
        return known(partition).map(contents -> List.copyOf(contents.services().values()));
    }

    /** The checks by id, with what they last reported; empty while they are not known. */
    public Optional<List<Check>> checks(PartitionName partition) {
        return known(partition).map(contents -> List.copyOf(contents.checks().values()));
    }

    Optional<Service> service(PartitionName partition, String id) {
        return known(partition).map(contents -> contents.services().get(id));
    }

    Optional<Check> check(PartitionName partition, String id) {
        return known(partition).map(contents -> contents.checks().get(id));
    }

    boolean isKnown(PartitionName partition) {
        return partitions.containsKey(partition);
    }

    /** Takes the node's rows for what the agent was told, except those that are nobody's to tell. */
    void load(PartitionName partition, Collection<Service> services, Collection<Check> checks) {
        Contents contents = new Contents();
        services.forEach(service -> contents.services().put(service.id(), service));
        checks.forEach(check -> contents.checks().put(check.id(), check));
        contents.services().remove(OwnNode.CONSUL_SERVICE);
        contents.checks().remove(Check.SERF_HEALTH);
        heardEarly.compute(partition, (name, early) -> {
            partitions.put(partition, contents);
            if (early != null) {
                early.forEach((id, report) -> withReport(contents, id, report));
            }
            return null;
        });
    }

    /** Forgets everything, for another process may have been told differently. */
    void forget() {
        partitions.clear();
        heardEarly.clear();
    }

    /** Follows what a command writes to the rows. */
    void follow(PartitionName partition, Writes writes) {
        forgetEarly(partition, writes.removedChecks());
        known(partition).ifPresent(contents -> {
            remove(contents, writes.removedServices(), writes.removedChecks());
            writes.services().forEach(service -> contents.services().put(service.id(), service));
            writes.checks().stream()
                    .filter(check -> !check.id().equals(Check.SERF_HEALTH))
                    .forEach(check -> contents.checks().merge(check.id(), check, Told::withReportOf));
        });
    }

    /** A check that is registered again keeps what it last reported, which may be younger than its row. */
    private static Check withReportOf(Check before, Check now) {
        return now.withReport(before.status(), before.output());
    }

    /** Learns of a service what only the catalog knew. */
    void learn(PartitionName partition, Service service) {
        known(partition).ifPresent(contents -> contents.services().replace(service.id(), service));
    }

    /** Takes services and checks away, also where the catalog does not have them. */
    void remove(PartitionName partition, Collection<String> services, Collection<String> checks) {
        forgetEarly(partition, checks);
        known(partition).ifPresent(contents -> remove(contents, services, checks));
    }

    /** Gives the check as it was before; empty when it is not known. */
    Optional<Check> heard(PartitionName partition, String checkId, CheckReport report) {
        Contents known = partitions.get(partition);
        return Optional.ofNullable(
                known == null ? heardBefore(partition, checkId, report) : withReport(known, checkId, report));
    }

    /** Unless it is known meanwhile, the report is kept until then. */
    private @Nullable Check heardBefore(PartitionName partition, String checkId, CheckReport report) {
        AtomicReference<@Nullable Check> before = new AtomicReference<>();
        heardEarly.compute(partition, (name, early) -> {
            Contents contents = partitions.get(partition);
            if (contents != null) {
                before.set(withReport(contents, checkId, report));
                return null;
            }
            Map<String, CheckReport> reports = early == null ? new HashMap<>() : early;
            reports.put(checkId, report);
            return reports;
        });
        return before.get();
    }

    /** The check as it was before, or null when there is none. */
    private static @Nullable Check withReport(Contents contents, String checkId, CheckReport report) {
        AtomicReference<@Nullable Check> before = new AtomicReference<>();
        contents.checks().computeIfPresent(checkId, (id, check) -> {
            before.set(check);
            return check.withReport(report.status(), report.output());
        });
        return before.get();
    }

    private void forgetEarly(PartitionName partition, Collection<String> checks) {
        heardEarly.computeIfPresent(partition, (name, early) -> {
            early.keySet().removeAll(checks);
            return early;
        });
    }

    private Optional<Contents> known(PartitionName partition) {
        return Optional.ofNullable(partitions.get(partition));
    }

    private static void remove(Contents contents, Collection<String> services, Collection<String> checks) {
        if (!services.isEmpty()) {
            contents.services().keySet().removeAll(services);
            contents.checks().values().removeIf(check -> services.contains(check.serviceId()));
        }
        contents.checks().keySet().removeAll(checks);
    }
}
