package dev.entente.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.contract.LeasesContract;
import dev.entente.engine.port.Leases;
import io.vertx.mutiny.redis.client.Command;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisLeasesTest extends LeasesContract {
    private static final TestRedis REDIS = TestRedis.connect(Map.of());

    private final RedisLeases leases = new RedisLeases(REDIS.lanes);

    @Override
    protected Leases leases() {
        return leases;
    }

    @Override
    protected void lapse(String name) {
        REDIS.command(Command.PEXPIRE, RedisKeys.of(partition).lease(name), "0");
    }

    @AfterEach
    void clear() {
        REDIS.deleteAll(partition);
    }

    @Test
    void tokensGrowAlsoWhenTheStoreForgotTheLast() {
        long before = acquire("dial/x", "r1").orElseThrow().token();
        REDIS.deleteAll(partition);

        assertThat(acquire("dial/x", "r2").orElseThrow().token()).isGreaterThan(before);
    }

    @Test
    void aLeaseEndsByTheClockOfRedis() {
        acquire("dial/x", "r1");

        assertThat(REDIS.command(Command.PTTL, RedisKeys.of(partition).lease("dial/x"))
                        .toLong())
                .isBetween(50_000L, VALIDITY.toMillis());
    }
}
