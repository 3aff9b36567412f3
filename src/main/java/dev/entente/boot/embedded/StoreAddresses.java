package dev.entente.boot.embedded;

import dev.entente.domain.identity.Secret;
import java.util.Map;

/**
 * Where the private stores listen (loopback only) and how to enter.
 *
 * @param sealingKey 32 random bytes in base64, kept with the data: what must be readable again is encrypted with it
 */
public record StoreAddresses(
        int postgresPort,
        String user,
        Secret postgresPassword,
        int redisPort,
        Secret redisPassword,
        Secret sealingKey) {

    private static final String DATABASE = "postgres";

    /** The Vert.x form. */
    public String reactiveUrl() {
        return "postgresql://127.0.0.1:" + postgresPort + "/" + DATABASE;
    }

    /** The JDBC form. */
    public String jdbcUrl() {
        return "jdbc:" + reactiveUrl();
    }

    public String redisUrl() {
        return "redis://127.0.0.1:" + redisPort;
    }

    /** The Quarkus settings that point an application at these stores; three of the values are secrets. */
    public Map<String, String> quarkusSettings() {
        return Map.of(
                "quarkus.datasource.reactive.url",
                reactiveUrl(),
                "quarkus.datasource.jdbc.url",
                jdbcUrl(),
                "quarkus.datasource.username",
                user,
                "quarkus.datasource.password",
                postgresPassword.reveal(),
                "quarkus.redis.hosts",
                redisUrl(),
                "quarkus.redis.password",
                redisPassword.reveal(),
                "entente.store.key",
                sealingKey.reveal());
    }

    /** The environment in which another replica on this machine finds these stores; four of the lines are secrets. */
    String environment() {
        return """
                ENTENTE_POSTGRES_URL=%s
                ENTENTE_POSTGRES_USER=%s
                ENTENTE_POSTGRES_PASSWORD=%s
                ENTENTE_REDIS_URL=%s
                ENTENTE_REDIS_PASSWORD=%s
                ENTENTE_STORE_KEY=%s
                """.formatted(
                        reactiveUrl(),
                        user,
                        postgresPassword.reveal(),
                        redisUrl(),
                        redisPassword.reveal(),
                        sealingKey.reveal());
    }
}
