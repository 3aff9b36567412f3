package dev.entente.redis;

import dev.entente.domain.catalog.ImportedService;
import dev.entente.domain.catalog.TextSize;
import dev.entente.engine.port.Change;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads on the workers what would keep an event loop for long: a peer may send ten thousand instances as one record. What is
 * usual stays where it is.
 */
final class LargeRecords {
    private LargeRecords() {}

    /** Makes something of changes. */
    static <T> Uni<T> written(List<Change> changes, Supplier<T> work) {
        return aside(anyOf(changes), work);
    }

    static boolean anyOf(List<Change> changes) {
        return changes.stream().anyMatch(LargeRecords::isLarge);
    }

    /** Makes something of payloads. */
    static <T> Uni<T> read(Stream<byte[]> payloads, Supplier<T> work) {
        return aside(payloads.mapToLong(Packed::contentLength).sum() > TextSize.LARGE, work);
    }

    private static boolean isLarge(Change change) {
        return change.value() instanceof ImportedService service && RecordCodec.isLarge(service);
    }

    /** What follows happens where it would have happened without the detour. */
    private static <T> Uni<T> aside(boolean large, Supplier<T> work) {
        Uni<T> made = Uni.createFrom().item(work);
        return large ? Uni.createFrom().deferred(() -> onWorker(made, Vertx.currentContext())) : made;
    }

    private static <T> Uni<T> onWorker(Uni<T> made, @Nullable Context caller) {
        Uni<T> aside = made.runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
        return caller == null ? aside : aside.emitOn(task -> caller.runOnContext(returned -> task.run()));
    }
}
