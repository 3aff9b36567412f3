package dev.entente.telemetry;

import dev.entente.engine.port.HostFacts;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads the files in which Linux tells of itself; on other systems most numbers are 0. */
public final class LinuxHost implements HostFacts {
    private static final List<String> MEMORY = List.of(
            ("total available used usedPercent free active inactive wired laundry buffers cached writeBack dirty"
                            + " writeBackTmp shared slab sreclaimable sunreclaim pageTables swapCached commitLimit"
                            + " committedAS highTotal highFree lowTotal lowFree swapTotal swapFree mapped vmallocTotal"
                            + " vmallocUsed vmallocChunk hugePagesTotal hugePagesFree hugePagesRsvd hugePagesSurp"
                            + " hugePageSize")
                    .split(" "));
    /** Names of the kernel where they are not ours with a capital letter. */
    private static final Map<String, String> KERNEL_NAMES = Map.ofEntries(
            Map.entry("total", "MemTotal"),
            Map.entry("available", "MemAvailable"),
            Map.entry("free", "MemFree"),
            Map.entry("writeBack", "Writeback"),
            Map.entry("writeBackTmp", "WritebackTmp"),
            Map.entry("shared", "Shmem"),
            Map.entry("sreclaimable", "SReclaimable"),
            Map.entry("sunreclaim", "SUnreclaim"),
            Map.entry("committedAS", "Committed_AS"),
            Map.entry("hugePageSize", "Hugepagesize"));

    private static final double HUNDRED = 100.0;
    private static final long BYTES_PER_KIB = 1024;

    private final Path directory;

    /** @param directory whose disk is told of */
    public LinuxHost(Path directory) {
        this.directory = directory;
    }

    @Override
    public Uni<Facts> read() {
        return Uni.createFrom().item(this::facts).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Facts facts() {
        return new Facts(memory(), processors(), host(), disk(), Instant.now());
    }

    private static Map<String, Object> memory() {
        Map<String, Long> known = pairs(Path.of("/proc/meminfo")).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> bytes(entry.getValue())));
        Map<String, Object> memory = new LinkedHashMap<>();
        for (String name : MEMORY) {
            String usual = Character.toUpperCase(name.charAt(0)) + name.substring(1);
            memory.put(name, known.getOrDefault(KERNEL_NAMES.getOrDefault(name, usual), 0L));
        }
        long total = known.getOrDefault("MemTotal", 0L);
        long used = total - known.getOrDefault("MemAvailable", 0L);
        memory.put("used", used);
        memory.put("usedPercent", total == 0 ? 0L : used * HUNDRED / total);
        return memory;
    }

    private static List<Map<String, Object>> processors() {
        Map<String, String> first = pairs(Path.of("/proc/cpuinfo"));
        return IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .mapToObj(number -> processor(number, first))
                .toList();
    }

    private static Map<String, Object> processor(int number, Map<String, String> known) {
        Map<String, Object> processor = new LinkedHashMap<>();
        processor.put("cpu", (long) number);
        processor.put("vendorId", known.getOrDefault("vendor_id", ""));
        processor.put("family", known.getOrDefault("cpu family", ""));
        processor.put("model", known.getOrDefault("model", ""));
        processor.put("stepping", number(known.getOrDefault("stepping", "0")));
        processor.put("physicalId", known.getOrDefault("physical id", ""));
        processor.put("coreId", String.valueOf(number));
        processor.put("cores", 1L);
        processor.put("modelName", known.getOrDefault("model name", ""));
        processor.put("mhz", number(known.getOrDefault("cpu MHz", "0")));
        processor.put("cacheSize", number(known.getOrDefault("cache size", "0")));
        processor.put("flags", List.of(known.getOrDefault("flags", "").split(" ")));
        processor.put("microcode", known.getOrDefault("microcode", ""));
        return processor;
    }

    private static Map<String, Object> host() {
        long uptime = number(first(Path.of("/proc/uptime")));
        Map<String, String> release = new HashMap<>();
        lines(Path.of("/etc/os-release")).forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                release.put(
                        line.substring(0, equals), line.substring(equals + 1).replace("\"", ""));
            }
        });
        Map<String, Object> host = new LinkedHashMap<>();
        host.put("hostname", first(Path.of("/proc/sys/kernel/hostname")));
        host.put("uptime", uptime);
        host.put("bootTime", Instant.now().getEpochSecond() - uptime);
        host.put("procs", ProcessHandle.allProcesses().count());
        host.put("os", System.getProperty("os.name", "").toLowerCase(Locale.ROOT));
        host.put("platform", release.getOrDefault("ID", ""));
        host.put("platformFamily", release.getOrDefault("ID_LIKE", release.getOrDefault("ID", "")));
        host.put("platformVersion", release.getOrDefault("VERSION_ID", ""));
        host.put("kernelVersion", System.getProperty("os.version", ""));
        host.put("kernelArch", System.getProperty("os.arch", ""));
        host.put("virtualizationSystem", "");
        host.put("virtualizationRole", "");
        host.put("hostId", first(Path.of("/etc/machine-id")));
        return host;
    }

    private Map<String, Object> disk() {
        Map<String, Object> disk = new LinkedHashMap<>();
        disk.put("path", directory.toString());
        try {
            FileStore store = Files.getFileStore(directory);
            long total = store.getTotalSpace();
            long used = total - store.getUnallocatedSpace();
            disk.put("fstype", store.type());
            disk.put("total", total);
            disk.put("free", store.getUsableSpace());
            disk.put("used", used);
            disk.put("usedPercent", total == 0 ? 0L : used * HUNDRED / total);
        } catch (IOException e) {
            // A directory that is not there yet has no disk to tell of.
            disk.put("fstype", "");
        }
        List.of("inodesTotal", "inodesUsed", "inodesFree", "inodesUsedPercent").forEach(name -> disk.put(name, 0L));
        return disk;
    }

    private static Map<String, String> pairs(Path file) {
        Map<String, String> pairs = new HashMap<>();
        for (String line : lines(file)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                pairs.putIfAbsent(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
        }
        return pairs;
    }

    private static String first(Path file) {
        return lines(file).stream().findFirst().orElse("").strip();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            // Not every system has every file.
            return List.of();
        }
    }

    private static long bytes(String text) {
        return number(text) * (text.endsWith("kB") ? BYTES_PER_KIB : 1);
    }

    /** The digits at the beginning. */
    private static long number(String text) {
        String digits = text.strip().replaceFirst("\\D.*$", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }
}
