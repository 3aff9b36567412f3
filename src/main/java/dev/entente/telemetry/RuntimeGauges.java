package dev.entente.telemetry;

import dev.entente.engine.telemetry.Gauge;
import dev.entente.engine.telemetry.Gauges;
import io.smallrye.mutiny.Uni;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;

/** The process itself, under the names that dashboards of Consul read: memory, threads and collections. */
public final class RuntimeGauges implements Gauges {
    private static final double NANOS_PER_MILLI = 1e6;

    private final String version;

    /** @param version shown as a label */
    public RuntimeGauges(String version) {
        this.version = version;
    }

    @Override
    public Uni<List<Gauge>> read() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        long runs = collectors.stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
        long millis = collectors.stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
        return Uni.createFrom()
                .item(List.of(
                        gauge("runtime.alloc_bytes", (double) heap.getUsed()),
                        gauge(
                                "runtime.num_goroutines",
                                ManagementFactory.getThreadMXBean().getThreadCount()),
                        gauge("runtime.sys_bytes", (double) (heap.getCommitted() + other.getCommitted())),
                        gauge("runtime.total_gc_pause_ns", millis * NANOS_PER_MILLI),
                        gauge("runtime.total_gc_runs", (double) runs),
                        new Gauge("version", 1, Map.of("version", version))));
    }

    private static Gauge gauge(String name, double value) {
        return new Gauge(name, value, Map.of());
    }
}
