package dev.entente.redis;

import dev.entente.engine.port.StoreUnavailableException;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisConnection;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection that is made when first needed and made anew after it broke; whatever is sent over it is sent without waiting
 * for earlier answers.
 *
 * <p>All that Entente sends may be sent twice without harm, so a call whose connection broke is tried again until its time is
 * up; then it fails with a {@link StoreUnavailableException}, and the connection, which may hang, is given up.
 */
final class Lane {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(400);
    private static final int RETRIES = 8;
    private static final Duration PARTING = Duration.ofMillis(50);

    private final Redis redis;
    private final AtomicReference<@Nullable Line> current = new AtomicReference<>();

    Lane(Redis redis) {
        this.redis = redis;
    }

    /** Uses the connection for an exchange that is answered within the limit. */
    <T> Uni<T> exchange(Duration limit, Function<RedisConnection, Uni<? extends T>> exchange) {
        return Uni.createFrom()
                .deferred(() -> attempt(exchange))
                .onFailure(Lane::isPassing)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .atMost(RETRIES)
                .ifNoItem()
                .after(limit)
                .fail()
                .onFailure(TimeoutException.class)
                .call(this::giveUp)
                .onFailure(failure -> !(failure instanceof StoreUnavailableException))
                .transform(failure -> new StoreUnavailableException("Redis does not answer: " + failure, failure));
    }

    private <T> Uni<T> attempt(Function<RedisConnection, Uni<? extends T>> exchange) {
        Line line = line();
        return line.connection.<T>chain(exchange).onFailure(Lane::isBroken).invoke(line::forget);
    }

    private Line line() {
        while (true) {
            Line held = current.get();
            if (held != null) {
                return held;
            }
            Line fresh = new Line();
            if (current.compareAndSet(null, fresh)) {
                return fresh;
            }
        }
    }

    /** Ends the connection without waiting for what is still under way on it. */
    Uni<Void> giveUp() {
        Line held = current.getAndSet(null);
        return held == null ? Uni.createFrom().voidItem() : held.end();
    }

    private static boolean isBroken(Throwable failure) {
        return !(failure instanceof ErrorType error) || isClosed(error);
    }

    /** A batch reports its failures together in one text, each under the number of its command. */
    private static boolean isClosed(ErrorType error) {
        return String.valueOf(error.getMessage()).contains("CONNECTION_CLOSED");
    }

    /** Broken, or an answer that Redis gives while it starts or changes its roles. */
    private static boolean isPassing(Throwable failure) {
        return !(failure instanceof ErrorType error)
                || isClosed(error)
                || error.is("LOADING")
                || error.is("MASTERDOWN")
                || error.is("CLUSTERDOWN")
                || error.is("TRYAGAIN")
                || error.is("READONLY");
    }

    /** One connection, from the attempt to make it until it is forgotten. */
    private final class Line {
        private final Uni<RedisConnection> connection = Uni.createFrom()
                .deferred(redis::connect)
                .invoke(this::watch)
                .memoize()
                .indefinitely();

        private void watch(RedisConnection made) {
            made.exceptionHandler(failure -> forget());
            made.endHandler(this::forget);
            if (current.get() != this) {
                // given up while it was being made
                made.closeAndForget();
            }
        }

        private void forget() {
            current.compareAndSet(this, null);
        }

        /**
         * The pool keeps a connection that is closed, with all that still waits on it. It drops one that selected a database, so
         * that is done first.
         */
        private Uni<Void> end() {
            return connection
                    .call(made -> made.send(Request.cmd(Command.SELECT).arg(0))
                            .ifNoItem()
                            .after(PARTING)
                            .fail()
                            .onFailure()
                            .recoverWithNull())
                    .chain(RedisConnection::close)
                    .ifNoItem()
                    .after(PARTING.multipliedBy(2))
                    .fail()
                    .onFailure()
                    .recoverWithNull();
        }
    }
}
