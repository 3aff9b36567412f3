package dev.entente.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.peering.StreamStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisStreamStatusesTest {
    private static final TestRedis REDIS = TestRedis.connect(Map.of());
    private static final Duration VALIDITY = Duration.ofMinutes(1);
    private static final Instant NOW = Instant.parse("2024-02-03T04:05:06.123456789Z");

    private final PartitionName partition =
            new PartitionName("s" + UUID.randomUUID().toString().substring(0, 12));
    private final PeeringId id = new PeeringId(UUID.randomUUID().toString());
    private final RedisStreamStatuses statuses = new RedisStreamStatuses(REDIS.lanes);

    private static StreamStatus status(boolean connected) {
        return new StreamStatus(connected, null, List.of("web"), null, NOW, NOW, null, null, null);
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }

    @AfterEach
    void clear() {
        REDIS.deleteAll(partition);
    }

    @Test
    void aStatusIsReadAsItWasWritten() {
        PeeringId other = new PeeringId(UUID.randomUUID().toString());
        await(statuses.put(partition, id, status(true), VALIDITY));
        await(statuses.put(partition, other, status(false), VALIDITY));

        assertThat(await(statuses.get(partition, id))).contains(status(true));
        assertThat(await(statuses.all(partition))).isEqualTo(Map.of(id, status(true), other, status(false)));
    }

    @Test
    void everyReplicaReadsWhatIsTooLargeForThePeer() {
        StreamStatus withholding = status(true).withholding(List.of("web", "db"));
        await(statuses.put(partition, id, withholding, VALIDITY));

        assertThat(await(statuses.get(partition, id))).contains(withholding);
        assertThat(withholding.withheld()).containsExactly("db", "web");
        await(statuses.put(partition, id, withholding.withholding(List.of()), VALIDITY));
        assertThat(await(statuses.get(partition, id))).contains(status(true));
    }

    @Test
    void anUnknownPeeringHasNoStatus() {
        assertThat(await(statuses.get(partition, id))).isEmpty();
        assertThat(await(statuses.all(partition))).isEmpty();
    }

    @Test
    void aConnectedStatusThatWasNotRenewedIsDisconnected() {
        await(statuses.put(partition, id, status(true), VALIDITY));
        REDIS.command(Command.PEXPIRE, RedisKeys.of(partition).live(id), "0");

        StreamStatus found = await(statuses.get(partition, id)).orElseThrow();
        assertThat(found.connected()).isFalse();
        assertThat(found.lastError()).isEqualTo("the replica that held the stream is gone");
        assertThat(found.imported()).containsExactly("web");
    }

    @Test
    void aForgottenPeeringLeavesNoKey() {
        await(statuses.put(partition, id, status(true), VALIDITY));
        await(statuses.remove(partition, id));

        assertThat(REDIS.keys(partition)).isEmpty();
    }
}
