package dev.entente.redis;

import static dev.entente.redis.RedisLanes.bytes;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.peering.StreamStatus;
import dev.entente.engine.port.StreamStatuses;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One hash of statuses for each partition, and a key that expires for each stream that is connected. */
@ApplicationScoped
public class RedisStreamStatuses implements StreamStatuses {
    private static final String REPLICA_GONE = "the replica that held the stream is gone";

    private final RedisLanes lanes;

    RedisStreamStatuses(RedisLanes lanes) {
        this.lanes = lanes;
    }

    @Override
    public Uni<Void> put(PartitionName partition, PeeringId peering, StreamStatus status, Duration validity) {
        RedisKeys keys = RedisKeys.of(partition);
        long millis = status.connected() ? Math.max(1, validity.toMillis()) : 0;
        return Uni.createFrom()
                .item(() -> RecordCodec.write(status))
                .chain(written -> lanes.run(
                        Script.STATUS_PUT,
                        List.of(keys.statuses(), keys.live(peering)),
                        List.of(bytes(peering.value()), written, bytes(millis))))
                .replaceWithVoid();
    }

    @Override
    public Uni<Optional<StreamStatus>> get(PartitionName partition, PeeringId peering) {
        return read(partition, peering.value()).map(found -> Optional.ofNullable(found.get(peering)));
    }

    @Override
    public Uni<Map<PeeringId, StreamStatus>> all(PartitionName partition) {
        return read(partition, "");
    }

    @Override
    public Uni<Void> remove(PartitionName partition, PeeringId peering) {
        RedisKeys keys = RedisKeys.of(partition);
        return lanes.send(Request.cmd(Command.HDEL).arg(keys.statuses()).arg(peering.value()))
                .chain(() -> lanes.send(Request.cmd(Command.DEL).arg(keys.live(peering))))
                .replaceWithVoid();
    }

    private Uni<Map<PeeringId, StreamStatus>> read(PartitionName partition, String id) {
        RedisKeys keys = RedisKeys.of(partition);
        return lanes.run(Script.STATUS_GET, List.of(keys.statuses()), List.of(bytes(keys.livePrefix()), bytes(id)))
                .map(RedisStreamStatuses::statuses);
    }

    private static Map<PeeringId, StreamStatus> statuses(Response triples) {
        Map<PeeringId, StreamStatus> statuses = new LinkedHashMap<>();
        for (int i = 0; i + 2 < triples.size(); i += 3) {
            StreamStatus status = RecordCodec.read(triples.get(i + 1).toBytes(), StreamStatus.class);
            boolean alive = triples.get(i + 2).toLong() == 1;
            statuses.put(
                    new PeeringId(triples.get(i).toString()),
                    status.connected() && !alive ? disconnected(status) : status);
        }
        return statuses;
    }

    private static StreamStatus disconnected(StreamStatus last) {
        return last.ended(REPLICA_GONE, null);
    }
}
