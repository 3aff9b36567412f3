package dev.entente.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.ImportedService;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.TextSize;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.PeerScope;
import dev.entente.engine.port.RecordKind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LargeRecordsTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();

    @AfterEach
    void close() {
        vertx.close();
    }

    /** Where the work ran, and where its result was taken up. */
    private record Ran(boolean workOnLoop, boolean restOnLoop) {}

    private Ran ran(Supplier<Uni<Boolean>> work) throws Exception {
        CompletableFuture<Ran> ran = new CompletableFuture<>();
        loop.runOnContext(begun ->
                work.get().subscribe().with(onLoop -> ran.complete(new Ran(onLoop, Vertx.currentContext() == loop))));
        return ran.get(10, TimeUnit.SECONDS);
    }

    private static Change change(int instances) {
        ImportedInstance instance = new ImportedInstance(
                new Node("", "n", "10.0.0.1", "dc1", Map.of(), Map.of()), Service.typical("web", "web", 80), List.of());
        return Change.imported(
                RecordKind.IMPORTED_SERVICE,
                new PeerScope(new PeerName("far"), new PeeringId("11111111-1111-1111-1111-111111111111")),
                "web",
                new ImportedService("web", Collections.nCopies(instances, instance)));
    }

    @Test
    void whatIsLargeIsMadeElsewhereAndTakenUpOnTheLoopOfTheCaller() throws Exception {
        assertThat(ran(() -> LargeRecords.written(List.of(change(1), change(10_000)), Context::isOnEventLoopThread)))
                .isEqualTo(new Ran(false, true));
        assertThat(ran(() -> LargeRecords.read(Stream.of(new byte[10_000_000]), Context::isOnEventLoopThread)))
                .isEqualTo(new Ran(false, true));
    }

    @Test
    void whatIsShortOnlyBecauseItIsPackedIsReadElsewhere() throws Exception {
        byte[] packed =
                RecordCodec.payload(Objects.requireNonNull(change(10_000).value()));
        assertThat(packed.length).isLessThan(TextSize.LARGE);
        assertThat(ran(() -> LargeRecords.read(Stream.of(packed), Context::isOnEventLoopThread)))
                .isEqualTo(new Ran(false, true));
    }

    @Test
    void whatIsUsualStaysOnTheLoop() throws Exception {
        assertThat(ran(() -> LargeRecords.written(List.of(change(10)), Context::isOnEventLoopThread)))
                .isEqualTo(new Ran(true, true));
        assertThat(ran(() -> LargeRecords.read(Stream.of(new byte[10_000]), Context::isOnEventLoopThread)))
                .isEqualTo(new Ran(true, true));
    }

    @Test
    void withoutALoopTheResultComesFromTheWorker() {
        assertThat(LargeRecords.read(Stream.of(new byte[10_000_000]), Context::isOnEventLoopThread)
                        .await()
                        .indefinitely())
                .isFalse();
    }
}
