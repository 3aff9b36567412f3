package dev.entente.redis;

import static dev.entente.redis.RedisLanes.bytes;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.Lease;
import dev.entente.engine.port.Leases;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Leases as Redis hashes that expire by the clock of Redis. */
@ApplicationScoped
public class RedisLeases implements Leases {
    private final RedisLanes lanes;

    RedisLeases(RedisLanes lanes) {
        this.lanes = lanes;
    }

    @Override
    public Uni<Optional<Lease>> acquire(PartitionName partition, String name, String owner, Duration validity) {
        return succeed(partition, name, owner, owner, validity);
    }

    /** Who succeeds itself keeps its lease and the token. */
    @Override
    public Uni<Optional<Lease>> succeed(
            PartitionName partition, String name, String predecessor, String owner, Duration validity) {
        RedisKeys keys = RedisKeys.of(partition);
        return lanes.run(
                        Script.LEASE_ACQUIRE,
                        List.of(keys.lease(name), keys.fence()),
                        List.of(bytes(owner), millis(validity), bytes(predecessor)))
                .map(token -> Optional.of(token.toString())
                        .filter(given -> !given.isEmpty())
                        .map(given -> new Lease(name, owner, Long.parseLong(given))));
    }

    @Override
    public Uni<Boolean> renew(PartitionName partition, Lease lease, Duration validity) {
        return hold(partition, lease, millis(validity));
    }

    @Override
    public Uni<Void> release(PartitionName partition, Lease lease) {
        return hold(partition, lease, bytes(0)).replaceWithVoid();
    }

    private Uni<Boolean> hold(PartitionName partition, Lease lease, byte[] millis) {
        return lanes.run(
                        Script.LEASE_RENEW,
                        List.of(RedisKeys.of(partition).lease(lease.name())),
                        List.of(bytes(lease.owner()), bytes(lease.token()), millis))
                .map(held -> held.toLong() == 1);
    }

    @Override
    public Uni<Optional<String>> holder(PartitionName partition, String name) {
        return lanes.send(Request.cmd(Command.HGET)
                        .arg(RedisKeys.of(partition).lease(name))
                        .arg("owner"))
                .map(owner -> owner == null ? Optional.empty() : Optional.of(owner.toString()));
    }

    private static byte[] millis(Duration validity) {
        return bytes(Math.max(1, validity.toMillis()));
    }
}
