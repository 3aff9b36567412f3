package dev.entente.telemetry;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.access.Caller;
import dev.entente.engine.peering.Peerings;
import dev.entente.engine.telemetry.Meters;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Peerings as they are, with a timer around each use case (protocol chapter 12). */
public final class TimedPeerings implements Peerings {
    private final Peerings peerings;
    private final Meters meters;
    private final LongSupplier nanoTime;

    public TimedPeerings(Peerings peerings, Meters meters, LongSupplier nanoTime) {
        this.peerings = peerings;
        this.meters = meters;
        this.nanoTime = nanoTime;
    }

    @Override
    public Uni<String> generateToken(Caller caller, GenerateToken command) {
        return timed("peering.generate_token", () -> peerings.generateToken(caller, command));
    }

    @Override
    public Uni<Void> establish(Caller caller, Establish command) {
        return timed("peering.establish", () -> peerings.establish(caller, command));
    }

    @Override
    public Uni<Optional<Shown>> read(Caller caller, PartitionName partition, String name) {
        return timed("peering.read", () -> peerings.read(caller, partition, name));
    }

    @Override
    public Uni<List<Shown>> list(Caller caller, PartitionName partition) {
        return timed("peering.list", () -> peerings.list(caller, partition));
    }

    @Override
    public Uni<Void> delete(Caller caller, PartitionName partition, String name) {
        return timed("peering.delete", () -> peerings.delete(caller, partition, name));
    }

    private <T> Uni<T> timed(String name, Supplier<Uni<T>> useCase) {
        return Uni.createFrom().deferred(() -> {
            long began = nanoTime.getAsLong();
            return useCase.get()
                    .onTermination()
                    .invoke(() -> meters.time(
                            name, Duration.ofNanos(nanoTime.getAsLong() - began), Collections.emptySortedMap()));
        });
    }
}
