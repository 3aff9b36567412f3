package dev.entente.redis;

import dev.entente.config.RedisConfig;
import dev.entente.domain.identity.PartitionName;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisConnection;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The connections to Redis: one for the short steps, one for long reads and loads so that they do not hold up the short ones, and
 * one for each partition whose log is followed, because a blocking read holds up everything behind it.
 */
@ApplicationScoped
class RedisLanes {
    private final Redis redis;
    private final Duration timeout;
    private final Lane steps;
    private final Lane bulk;
    /** Far less than a machine carries that has anything to spare. */
    private static final long SLOWEST_BYTES_PER_MILLI = 4_000;
    /** So many times longer than usual an answer may take whose size is not known before. */
    private static final int ANY_SIZE = 10;

    private final Map<PartitionName, Lane> tails = new ConcurrentHashMap<>();

    RedisLanes(Redis redis, RedisConfig config) {
        this.redis = redis;
        this.timeout = config.timeout();
        this.steps = new Lane(redis);
        this.bulk = new Lane(redis);
    }

    /** Runs a short script. */
    Uni<Response> run(Script script, List<String> keys, List<byte[]> arguments) {
        return run(steps, timeout, script, keys, arguments);
    }

    /** Runs a script with much to carry. */
    Uni<Response> runBulk(Script script, List<String> keys, List<byte[]> arguments) {
        long bytes = arguments.stream().mapToLong(argument -> argument.length).sum();
        return run(bulk, timeout.plusMillis(bytes / SLOWEST_BYTES_PER_MILLI), script, keys, arguments);
    }

    /** A short command; null is an answer of Redis too. */
    Uni<@Nullable Response> send(Request request) {
        return steps.exchange(timeout, connection -> connection.send(request));
    }

    /** A command with an answer of any size. */
    Uni<@Nullable Response> sendBulk(Request request) {
        return bulk.exchange(timeout.multipliedBy(ANY_SIZE), connection -> connection.send(request));
    }

    /** Several commands with answers of any size, sent at once. */
    Uni<List<@Nullable Response>> batchBulk(List<Request> requests) {
        return bulk.exchange(timeout.multipliedBy(ANY_SIZE), connection -> connection.batch(requests));
    }

    /** Several commands on the connection that follows a partition's log. */
    Uni<List<@Nullable Response>> batchTail(PartitionName partition, List<Request> requests) {
        return tail(partition).exchange(timeout, connection -> connection.batch(requests));
    }

    /** A command that Redis answers within {@code wait}; one at a time for each partition. */
    Uni<@Nullable Response> block(PartitionName partition, Request request, Duration wait) {
        Lane lane = tail(partition);
        return lane.exchange(wait.plus(timeout), connection -> connection.send(request))
                .onCancellation()
                .call(lane::giveUp);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] bytes(long number) {
        return bytes(Long.toString(number));
    }

    private Lane tail(PartitionName partition) {
        return tails.computeIfAbsent(partition, name -> new Lane(redis));
    }

    private Uni<Response> run(Lane lane, Duration limit, Script script, List<String> keys, List<byte[]> arguments) {
        return lane.exchange(
                limit,
                connection -> connection
                        .send(request(Command.EVALSHA, script.sha1(), keys, arguments))
                        .onFailure(RedisLanes::isUnknownScript)
                        .recoverWithUni(() -> eval(connection, script, keys, arguments)));
    }

    private static Uni<Response> eval(
            RedisConnection connection, Script script, List<String> keys, List<byte[]> arguments) {
        return connection.send(request(Command.EVAL, script.source(), keys, arguments));
    }

    private static Request request(Command command, String script, List<String> keys, List<byte[]> arguments) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(request::arg);
        return request;
    }

    private static boolean isUnknownScript(Throwable failure) {
        return failure instanceof ErrorType error && error.is("NOSCRIPT");
    }
}
