package dev.entente.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.engine.telemetry.MeterReadings.Series;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MeteredReadsTest {
    private final IntervalMeters meters = new IntervalMeters(() -> Instant.EPOCH);
    private final AtomicLong clock = new AtomicLong();
    private final MeteredReads reads = new MeteredReads(meters, clock::get);

    @Test
    void eachReadIsCounted() {
        reads.asked();
        reads.asked();

        assertThat(meters.countersEver()).singleElement().satisfies(series -> {
            assertThat(series.name()).isEqualTo("rpc.query");
            assertThat(series.sums().count()).isEqualTo(2);
        });
    }

    /** From the moment at which somebody waits for it. */
    @Test
    void whatAConsistentReadWaitsForIsTimed() {
        Uni<Void> caughtUp =
                reads.catchingUp(Uni.createFrom().voidItem().onItem().invoke(() -> clock.addAndGet(3_000_000)));
        clock.addAndGet(50_000_000);
        caughtUp.await().indefinitely();

        Series timer = meters.timersEver().get(0);
        assertThat(timer.name()).isEqualTo("rpc.consistentRead");
        assertThat(timer.sums().sum()).isEqualTo(3.0);
    }
}
