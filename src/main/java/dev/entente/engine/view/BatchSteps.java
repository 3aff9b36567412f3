package dev.entente.engine.view;

import dev.entente.domain.catalog.ImportedService;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.port.RecordKind;
import java.util.List;
import java.util.function.ToIntFunction;

/** The steps in which a batch is applied: as many entries together as have not too many instances, and a larger one by itself. */
final class BatchSteps {
    /** So many are applied in some ten milliseconds. */
    private static final int INSTANCES = 1000;

    private final List<LogEntry> entries;
    private final ToIntFunction<LogEntry> held;
    private int next;
    private boolean isLargeImport;

    /** {@code held}: how many instances an entry takes away or replaces, as things stand. */
    BatchSteps(List<LogEntry> entries, ToIntFunction<LogEntry> held) {
        this.entries = entries;
        this.held = held;
    }

    boolean isLong() {
        int instances = 0;
        for (LogEntry entry : entries) {
            instances += size(entry);
            if (instances > INSTANCES) {
                return true;
            }
        }
        return false;
    }

    boolean hasNext() {
        return next < entries.size();
    }

    List<LogEntry> next() {
        int first = next;
        int instances = size(entries.get(next++));
        isLargeImport = instances > INSTANCES && isImport(entries.get(first));
        while (hasNext()) {
            instances += size(entries.get(next));
            if (instances > INSTANCES) {
                break;
            }
            next++;
        }
        return entries.subList(first, next);
    }

    /** Whether the step is one imported service with very many instances. */
    boolean isLargeImport() {
        return isLargeImport;
    }

    private static boolean isImport(LogEntry entry) {
        return entry.change().kind() == RecordKind.IMPORTED_SERVICE;
    }

    private int size(LogEntry entry) {
        int brought = entry.change().value() instanceof ImportedService service
                ? service.instances().size()
                : 0;
        return Math.max(brought, held.applyAsInt(entry));
    }
}
