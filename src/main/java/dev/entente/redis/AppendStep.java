package dev.entente.redis;

import static dev.entente.redis.RedisLanes.bytes;

import dev.entente.config.RedisConfig;
import dev.entente.domain.peering.Peering;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.Lease;
import dev.entente.engine.port.PeerScope;
import dev.entente.engine.port.RecordKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What {@code append.lua} is given for a set of changes. */
final class AppendStep {
    private static final byte[] NOTHING = {};

    private final RedisKeys keys;
    private final List<String> fixed;
    private final Map<String, Integer> hot = new LinkedHashMap<>();
    private final List<byte[]> arguments = new ArrayList<>();
    private final FreshValues fresh;

    /**
     * @param call its number, which grows
     * @param fresh is given the very large values
     */
    AppendStep(Log log, List<Change> changes, Optional<Lease> fence, long call, FreshValues fresh) {
        this.keys = log.keys();
        this.fresh = fresh;
        RedisConfig config = log.config();
        this.fixed = keys.ofAppend(fence.map(lease -> keys.lease(lease.name())).orElse(keys.position()));
        arguments.add(bytes(fence.map(Lease::owner).orElse("")));
        arguments.add(bytes(fence.map(Lease::token).orElse(0L)));
        arguments.add(bytes(config.logLength()));
        arguments.add(bytes(config.rememberRemoved().toMillis()));
        arguments.add(bytes(config.inlineBytes()));
        arguments.add(bytes(call));
        changes.forEach(this::add);
    }

    /** Which log, and how it is kept. */
    record Log(RedisKeys keys, RedisConfig config) {}

    List<String> keys() {
        List<String> all = new ArrayList<>(fixed);
        all.addAll(hot.keySet());
        return all;
    }

    List<byte[]> arguments() {
        return arguments;
    }

    private void add(Change change) {
        PeerScope peer = change.peer();
        arguments.add(bytes(operation(change)));
        arguments.add(bytes(change.kind().name()));
        arguments.add(bytes(hotIndex(peer == null ? keys.hot(change.kind()) : keys.imports(peer.name()))));
        arguments.add(bytes(change.key()));
        arguments.add(bytes(version(change)));
        arguments.add(bytes(change.createVersion()));
        arguments.add(remembered(change));
        arguments.add(HotRecord.noteOf(change));
        arguments.add(bytes(peer == null ? "" : peer.name().key()));
        arguments.add(bytes(peering(change)));
    }

    /** Lua counts from one. */
    private int hotIndex(String key) {
        return hot.computeIfAbsent(key, name -> fixed.size() + hot.size() + 1);
    }

    private static String operation(Change change) {
        boolean removal = change.isRemoval();
        if (change.kind().isDurable()) {
            return removal ? "remove" : "upsert";
        }
        return switch (change.kind()) {
            case CHECK_REPORT -> "report";
            case IMPORTS_DROPPED -> "drop";
            case NODE, SERVICE, CHECK, PEERING, CONFIG_ENTRY, CA_ROOTS, PARTITION, IMPORTED_SERVICE, IMPORTED_BUNDLE ->
                removal ? "removeImport" : "import";
        };
    }

    private static long version(Change change) {
        return change.value() instanceof CheckReport report ? report.definitionVersion() : change.version();
    }

    private byte[] remembered(Change change) {
        byte[] payload = payload(change);
        if (Packed.isPacked(payload)) {
            fresh.add(payload, Objects.requireNonNull(change.value()));
        }
        return payload;
    }

    private static byte[] payload(Change change) {
        Object value = change.value();
        return value == null || change.kind() == RecordKind.CHECK_REPORT ? NOTHING : RecordCodec.payload(value);
    }

    /** Whose imports it is; or which peering may import again because it is active. */
    private static String peering(Change change) {
        PeerScope peer = change.peer();
        if (peer != null) {
            return peer.id().value();
        }
        return change.value() instanceof Peering peering && peering.isActive()
                ? peering.id().value()
                : "";
    }
}
