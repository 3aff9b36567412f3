package dev.entente.fake;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.Lease;
import dev.entente.engine.port.Leases;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Leases in memory, by a clock of the test's. */
public final class InMemoryLeases implements Leases {
    private final LongSupplier nanoTime;
    private final Map<String, Held> held = new HashMap<>();
    private long token;

    public InMemoryLeases(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Held(Lease lease, long until) {}

    @Override
    public Uni<Optional<Lease>> acquire(PartitionName partition, String name, String owner, Duration validity) {
        return succeed(partition, name, owner, owner, validity);
    }

    @Override
    public Uni<Optional<Lease>> succeed(
            PartitionName partition, String name, String predecessor, String owner, Duration validity) {
        return Uni.createFrom().item(() -> {
            Optional<Lease> current = current(partition, name);
            Optional<Lease> own = current.filter(lease -> lease.owner().equals(owner));
            if (own.isEmpty()
                    && current.filter(lease -> !lease.owner().equals(predecessor))
                            .isPresent()) {
                return Optional.empty();
            }
            Lease lease = own.orElseGet(() -> new Lease(name, owner, ++token));
            held.put(key(partition, name), new Held(lease, nanoTime.getAsLong() + validity.toNanos()));
            return Optional.of(lease);
        });
    }

    @Override
    public Uni<Boolean> renew(PartitionName partition, Lease lease, Duration validity) {
        return Uni.createFrom().item(() -> {
            boolean kept =
                    current(partition, lease.name()).filter(lease::equals).isPresent();
            if (kept) {
                held.put(key(partition, lease.name()), new Held(lease, nanoTime.getAsLong() + validity.toNanos()));
            }
            return kept;
        });
    }

    @Override
    public Uni<Void> release(PartitionName partition, Lease lease) {
        return Uni.createFrom().item(() -> {
            if (current(partition, lease.name()).filter(lease::equals).isPresent()) {
                held.remove(key(partition, lease.name()));
            }
            return null;
        });
    }

    @Override
    public Uni<Optional<String>> holder(PartitionName partition, String name) {
        return Uni.createFrom().item(() -> current(partition, name).map(Lease::owner));
    }

    /** Whether this very lease is held at the moment. */
    public boolean isHeld(PartitionName partition, Lease lease) {
        return current(partition, lease.name()).filter(lease::equals).isPresent();
    }

    /** The store comes back empty; tokens go on growing, as the real ones follow a clock. */
    public void loseEverything() {
        held.clear();
    }

    private Optional<Lease> current(PartitionName partition, String name) {
        return Optional.ofNullable(held.get(key(partition, name)))
                .filter(entry -> entry.until() > nanoTime.getAsLong())
                .map(Held::lease);
    }

    private static String key(PartitionName partition, String name) {
        return partition.value() + "/" + name;
    }
}
