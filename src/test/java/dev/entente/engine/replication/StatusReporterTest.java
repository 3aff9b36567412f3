package dev.entente.engine.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.contract.Samples;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.peering.StreamStatus;
import dev.entente.fake.InMemoryStreamStatuses;
import dev.entente.fake.VirtualLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StatusReporterTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final InMemoryStreamStatuses statuses = new InMemoryStreamStatuses(loop::nanoTime);
    private final PeeringId peering = Samples.peeringId();
    private final StatusReporter reporter = new StatusReporter(
            statuses, PartitionName.DEFAULT, peering, loop, ReplicationSettings.DEFAULT, ReplicationObserver.NONE);
    private final StreamStatus connected =
            new StreamStatus(true, null, List.of("a"), null, null, null, null, null, null);

    private boolean isShownConnected() {
        return Samples.await(statuses.get(PartitionName.DEFAULT, peering))
                .map(StreamStatus::connected)
                .orElse(false);
    }

    @Test
    void theStatusOfAQuietStreamDoesNotLapse() {
        reporter.record(connected);

        for (int i = 0; i < 30; i++) {
            loop.advance(Duration.ofSeconds(10));
            assertThat(isShownConnected()).isTrue();
        }
    }

    @Test
    void afterTheEndNothingIsWrittenAnyMore() {
        AtomicInteger ends = new AtomicInteger();
        reporter.record(connected);
        loop.advance(Duration.ofSeconds(20));
        reporter.finish(ends::incrementAndGet);
        loop.advance(Duration.ofSeconds(1));
        int writes = statuses.writes();

        loop.advance(Duration.ofSeconds(100));

        assertThat(ends).hasValue(1);
        assertThat(statuses.writes()).isEqualTo(writes);
        assertThat(isShownConnected()).isFalse();
    }

    @Test
    void anAbandonedStatusIsLeftToItsNewOwner() {
        reporter.record(connected);
        reporter.abandon();
        int writes = statuses.writes();

        loop.advance(Duration.ofSeconds(100));

        assertThat(statuses.writes()).isEqualTo(writes);
    }
}
