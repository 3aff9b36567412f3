package dev.entente.telemetry;

import dev.entente.engine.telemetry.Meters;
import dev.entente.engine.view.ReadObserver;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collections;
import java.util.function.LongSupplier;

/** Counts reads, and times what consistent ones wait for, under the names of Consul's calls (protocol chapter 12). */
public final class MeteredReads implements ReadObserver {
    private final Meters meters;
    private final LongSupplier nanoTime;

    public MeteredReads(Meters meters, LongSupplier nanoTime) {
        this.meters = meters;
        this.nanoTime = nanoTime;
    }

    @Override
    public void asked() {
        meters.count("rpc.query", Collections.emptySortedMap());
    }

    @Override
    public Uni<Void> catchingUp(Uni<Void> caughtUp) {
        return Uni.createFrom().deferred(() -> {
            long began = nanoTime.getAsLong();
            return caughtUp.onTermination()
                    .invoke(() -> meters.time(
                            "rpc.consistentRead",
                            Duration.ofNanos(nanoTime.getAsLong() - began),
                            Collections.emptySortedMap()));
        });
    }
}
