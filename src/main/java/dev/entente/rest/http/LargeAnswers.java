package dev.entente.rest.http;

import dev.entente.engine.port.SideThreads;
import dev.entente.engine.view.Found;
import dev.entente.rest.json.AgentProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes long answers on threads of their own, and no more of them than there is room for: a hundred thousand instances are a hundred
 * megabytes of JSON, and while an event loop writes and compresses those, nobody else on it is answered. Equal readers of the same thing
 * at the same time, such as those who waited for it, get the same bytes, which are counted once.
 */
public final class LargeAnswers {
    /** A thousand instances: six milliseconds for an event loop, measured, and half as long again with compression. */
    static final long FROM_BYTES = 1024 * 1024;

    private final AnswerRoom room;
    private final Packing packing;
    /** No more is asked of them than the room has place for. */
    private final Executor threads = SideThreads.named("large-answers");

    private final Map<Wanted, SharedAnswer> made = new ConcurrentHashMap<>();

    public LargeAnswers(AnswerRoom room, AgentProfile profile) {
        this.room = room;
        this.packing = new Packing(profile);
    }

    AnswerRoom room() {
        return room;
    }

    /** The same thing in the same form: asked for by one address, apart from what only says when to answer. */
    private record Wanted(Same value, String form) {}

    /** Equal to nothing but what it is. */
    private record Same(Object value) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Same same && same.value == value;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(value);
        }
    }

    /** Makes here and now what is short. */
    <T> Uni<Answer> encoded(Call call, Found<T> found, Function<T, Answer> encode) {
        T value = found.value();
        long size = Extent.of(value);
        if (value == null || size < FROM_BYTES) {
            return Uni.createFrom().item(() -> encode.apply(value));
        }
        Wanted wanted = new Wanted(new Same(value), packing.form(call) + call.form());
        return Uni.createFrom()
                .deferred(() -> shared(
                        wanted,
                        () -> packing.packed(call, encode.apply(value)),
                        packing.mostOf(call, size),
                        Vertx.currentContext()));
    }

    private Uni<Answer> shared(Wanted wanted, Supplier<Answer> make, long bytes, @Nullable Context caller) {
        SharedAnswer.Reader reader = join(wanted, make, bytes);
        Uni<Answer> answer = reader.answer();
        Uni<Answer> returned =
                caller == null ? answer : answer.emitOn(task -> caller.runOnContext(ignored -> task.run()));
        return returned.onFailure().invoke(reader::leave).onCancellation().invoke(reader::leave);
    }

    private SharedAnswer.Reader join(Wanted wanted, Supplier<Answer> make, long bytes) {
        while (true) {
            SharedAnswer shared =
                    made.computeIfAbsent(wanted, key -> new SharedAnswer(room.enter(bytes), make, threads));
            SharedAnswer.Reader reader = shared.join(() -> made.remove(wanted, shared));
            if (reader != null) {
                return reader;
            }
            made.remove(wanted, shared);
        }
    }
}
