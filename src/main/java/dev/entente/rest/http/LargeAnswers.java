package dev.entente.rest.http;

import dev.entente.engine.view.Everywhere.Part;
import dev.entente.engine.view.Found;
import dev.entente.engine.view.ServiceInstances;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.Collection;
import java.util.function.Function;

/**
 * Makes long answers on the workers: a hundred thousand instances are some hundred megabytes of JSON, and while an event loop writes and
 * compresses those, nobody else on it is answered.
 */
final class LargeAnswers {
    /** About a megabyte of JSON, some milliseconds. */
    static final int FROM_ROWS = 1000;

    private LargeAnswers() {}

    /** Encodes here and now what is short; what follows a long answer happens on the worker, too. */
    static <T> Uni<Answer> encoded(Found<T> found, Function<T, Answer> encode) {
        Uni<Answer> answer = Uni.createFrom().item(() -> encode.apply(found.value()));
        return rows(found.value()) < FROM_ROWS
                ? answer
                : answer.runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static int rows(Object value) {
        if (value instanceof ServiceInstances service) {
            return service.instances().size();
        }
        return value instanceof Collection<?> all
                ? all.stream().mapToInt(LargeAnswers::rowsOfPart).sum()
                : 1;
    }

    /** A list of parts is as long as they are together. */
    private static int rowsOfPart(Object row) {
        return row instanceof Part<?> part ? rows(part.value()) : 1;
    }
}
