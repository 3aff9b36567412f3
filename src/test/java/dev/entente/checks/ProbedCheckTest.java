package dev.entente.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.CheckThresholds;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.CheckReport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProbedCheckTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<CheckReport> reports = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aProbeThatCannotBeginIsCriticalAndTriedAgain() {
        AtomicInteger runs = new AtomicInteger();
        Probe probe = () -> {
            runs.incrementAndGet();
            throw new IllegalStateException("no room for a thread");
        };
        Reporter reporter = new Reporter(
                (partition, node, checkId, report) ->
                        Uni.createFrom().item(report).invoke(reports::add).replaceWithVoid(),
                "srv1");
        InFlight one = new InFlight(1);
        ProbedCheck check = new ProbedCheck(
                new CheckKey(PartitionName.DEFAULT, "c"),
                probe,
                new ProbedCheck.Place(vertx, vertx.getOrCreateContext(), one, reporter, new Random(1)),
                Duration.ofSeconds(1),
                CheckThresholds.of(CheckDefinition.NONE));
        check.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> runs.get() >= 2);
        check.stop();
        assertThat(reports).allSatisfy(report -> {
            assertThat(report.status()).isEqualTo(Check.CRITICAL);
            assertThat(report.output()).contains("no room for a thread");
        });
        assertThat(one.skipped()).isZero();
    }
}
