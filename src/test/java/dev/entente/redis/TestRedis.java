package dev.entente.redis;

import dev.entente.boot.StoresResource;
import dev.entente.boot.embedded.StoreAddresses;
import dev.entente.config.RedisConfig;
import dev.entente.domain.identity.PartitionName;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Redis of the tests, as a replica sees it. */
final class TestRedis {
    private static final Vertx VERTX = Vertx.vertx();

    final Redis redis;
    final RedisConfig config;
    final RedisLanes lanes;

    private TestRedis(String url, Map<String, String> settings) {
        redis = Redis.createClient(
                VERTX, new RedisOptions().setConnectionString(url).setMaxPoolSize(64));
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .withMapping(RedisConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter());
        settings.forEach((key, value) -> builder.withDefaultValue("entente.redis." + key, value));
        config = builder.build().getConfigMapping(RedisConfig.class);
        lanes = new RedisLanes(redis, config);
    }

    static TestRedis connect(Map<String, String> settings) {
        StoreAddresses stores = StoresResource.addresses();
        return connectTo(stores.redisPort(), settings);
    }

    static TestRedis connectTo(int port, Map<String, String> settings) {
        String password = StoresResource.addresses().redisPassword().reveal();
        return new TestRedis("redis://:" + password + "@127.0.0.1:" + port, settings);
    }

    static Vertx vertx() {
        return VERTX;
    }

    RedisChangeLog log() {
        return new RedisChangeLog(lanes, config);
    }

    List<String> keys(PartitionName partition) {
        List<String> keys = new ArrayList<>();
        String cursor = "0";
        do {
            Response page = command(
                    Command.SCAN, cursor, "MATCH", RedisKeys.of(partition).prefix() + "*", "COUNT", "1000");
            page.get(1).forEach(key -> keys.add(key.toString()));
            cursor = page.get(0).toString();
        } while (!cursor.equals("0"));
        return keys;
    }

    void deleteAll(PartitionName partition) {
        keys(partition).forEach(key -> command(Command.DEL, key));
    }

    Response command(Command command, String... arguments) {
        Request request = Request.cmd(command);
        List.of(arguments).forEach(request::arg);
        return redis.send(request).await().atMost(Duration.ofSeconds(10));
    }
}
