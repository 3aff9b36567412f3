package dev.entente.redis;

import static dev.entente.contract.Changes.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.boot.StoresResource;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.ChangeLog.Beginning;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.port.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisFaultTest {
    private static final long FIRST = 1L << 32;
    private static final TestRedis DIRECT = TestRedis.connect(Map.of());

    private final BadWire wire = new BadWire(StoresResource.addresses().redisPort());
    private final RedisChangeLog log =
            TestRedis.connectTo(wire.port(), Map.of("timeout", "1s")).log();
    private final PartitionName partition =
            new PartitionName("f" + UUID.randomUUID().toString().substring(0, 12));

    @BeforeEach
    void begin() {
        await(log.begin(partition, Uni.createFrom().item(new Beginning(1, 0, List.of()))));
    }

    @AfterEach
    void clear() {
        wire.close();
        DIRECT.deleteAll(partition);
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }

    private Uni<Long> append(long version) {
        return log.append(partition, List.of(node("a", version)), Optional.empty());
    }

    private Uni<List<LogEntry>> tail(Duration wait) {
        return log.tail(partition, FIRST, wait);
    }

    @Test
    void aCutConnectionIsMadeAnew() {
        await(append(1));
        wire.cut();

        assertThat(await(append(2))).isEqualTo(FIRST + 2);
    }

    @Test
    void aReaderThatWaitsGoesOnAfterACut() {
        CompletableFuture<List<LogEntry>> waiting = tail(Duration.ofSeconds(8)).subscribeAsCompletionStage();
        await(log.position(partition));
        wire.cut();
        await(append(1));

        assertThat(await(Uni.createFrom().completionStage(waiting))).hasSize(1);
    }

    @Test
    void callsFailInTimeWhileRedisIsGoneAndWorkWhenItIsBack() {
        wire.refuse();
        assertThatThrownBy(() -> await(append(1))).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> await(tail(Duration.ZERO))).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> await(log.load(partition))).isInstanceOf(StoreUnavailableException.class);

        wire.heal();
        assertThat(await(append(1))).isEqualTo(FIRST + 1);
        assertThat(await(tail(Duration.ZERO))).hasSize(1);
    }

    @Test
    void aSilentConnectionIsGivenUp() {
        await(tail(Duration.ZERO));
        wire.swallow();
        assertThatThrownBy(() -> await(append(1))).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> await(tail(Duration.ofMillis(10)))).isInstanceOf(StoreUnavailableException.class);

        wire.heal();
        assertThat(await(append(1))).isEqualTo(FIRST + 1);
        assertThat(await(tail(Duration.ZERO))).hasSize(1);
    }

    @Test
    void aReaderThatWasCalledOffDoesNotHoldUpTheNext() {
        tail(Duration.ofSeconds(30)).subscribeAsCompletionStage().cancel(true);
        var second = tail(Duration.ofSeconds(30)).subscribeAsCompletionStage();
        await(log.position(partition));
        second.cancel(true);
        await(append(1));

        assertThat(await(tail(Duration.ZERO))).hasSize(1);
    }

    @Test
    void scriptsThatRedisForgotAreSentAgain() {
        await(append(1));
        DIRECT.command(Command.SCRIPT, "FLUSH");

        assertThat(await(append(2))).isEqualTo(FIRST + 2);
    }
}
