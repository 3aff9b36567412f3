package dev.entente.engine.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.ChangeLog.HotState;
import dev.entente.engine.port.LogEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random registrations, reports and removals against a model of plain maps: after each batch every service shows what the model holds,
 * its index grew exactly when its answer changed, and tables loaded afresh from the same records answer the same.
 */
class ViewModelTest {
    private static final List<String> NODES = List.of("a", "b", "c");
    private static final List<String> SERVICES = List.of("web", "db", "api");

    private final Map<String, LogEntry> records = new TreeMap<>();
    private final PartitionTables tables = new PartitionTables(PartitionName.DEFAULT);
    private long position;
    private long lastRemoval;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 42, 4711, 2026})
    void theViewShowsWhatTheModelHolds(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Found<ServiceInstances>> before = new HashMap<>();
        for (int round = 0; round < 300; round++) {
            List<LogEntry> batch = new ArrayList<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                batch.add(write(random));
            }
            tables.apply(batch);
            for (String service : SERVICES) {
                Found<ServiceInstances> now = tables.service(null, service);
                Found<ServiceInstances> last = before.put(service, now);
                assertThat(shown(now)).as("seed %d round %d", seed, round).isEqualTo(modelled(service));
                if (last != null) {
                    assertThat(now.index()).isGreaterThanOrEqualTo(last.index());
                    if (!now.value().instances().equals(last.value().instances())) {
                        assertThat(now.index()).isGreaterThan(last.index());
                    }
                }
            }
        }
        PartitionTables fresh = new PartitionTables(PartitionName.DEFAULT);
        fresh.load(new HotState(position, lastRemoval, List.copyOf(records.values())));
        for (String service : SERVICES) {
            assertThat(shown(fresh.service(null, service))).isEqualTo(shown(tables.service(null, service)));
            assertThat(fresh.service(null, service).index())
                    .isGreaterThanOrEqualTo(tables.service(null, service).index());
        }
    }

    private LogEntry write(SplittableRandom random) {
        String node = NODES.get(random.nextInt(NODES.size()));
        String service = SERVICES.get(random.nextInt(SERVICES.size()));
        String id = service + "-" + random.nextInt(2);
        position++;
        return switch (random.nextInt(6)) {
            case 0 -> keep("n/" + node, Entries.nodeAt(position, node));
            case 1, 2 ->
                keep("s/" + node + "/" + id, Entries.serviceAt(position, node, Service.typical(id, service, 80)));
            case 3 -> keep("c/" + node + "/" + id, Entries.checkAt(position, check(node, id, random)));
            case 4 -> {
                records.remove("s/" + node + "/" + id);
                lastRemoval = position;
                yield Entries.serviceGoneAt(position, node, id);
            }
            default -> report(node, id, random);
        };
    }

    private static Check check(String node, String id, SplittableRandom random) {
        return Entries.check(node, "check-" + id, id, random.nextBoolean() ? Check.PASSING : Check.CRITICAL);
    }

    /** A report lands inside the record of its check, as in the hot state. */
    private LogEntry report(String node, String id, SplittableRandom random) {
        String status = random.nextBoolean() ? Check.PASSING : Check.WARNING;
        LogEntry held = records.get("c/" + node + "/" + id);
        if (held != null && held.change().value() instanceof Check check) {
            records.put("c/" + node + "/" + id, Entries.checkAt(position, check.withReport(status, "")));
        }
        return Entries.reportAt(position, node, "check-" + id, status);
    }

    private LogEntry keep(String key, LogEntry entry) {
        records.put(key, entry);
        return entry;
    }

    private static TreeSet<String> shown(Found<ServiceInstances> found) {
        TreeSet<String> lines = new TreeSet<>();
        found.value()
                .instances()
                .forEach(instance -> lines.add(instance.node().value().name() + "/"
                        + instance.service().value().id() + "="
                        + instance.checks().stream()
                                .map(check -> check.value().status())
                                .toList()));
        return lines;
    }

    private TreeSet<String> modelled(String service) {
        TreeSet<String> lines = new TreeSet<>();
        for (String key : records.keySet()) {
            String[] parts = key.split("/");
            if (parts[0].equals("s") && parts[2].startsWith(service + "-") && records.containsKey("n/" + parts[1])) {
                LogEntry check = records.get("c/" + parts[1] + "/" + parts[2]);
                List<String> statuses =
                        check != null && check.change().value() instanceof Check c ? List.of(c.status()) : List.of();
                lines.add(parts[1] + "/" + parts[2] + "=" + statuses);
            }
        }
        return lines;
    }
}
