package dev.entente.postgres;

import static dev.entente.contract.Samples.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.boot.StoresResource;
import dev.entente.contract.Samples;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.PeeringSecrets;
import dev.entente.domain.trust.CaConfiguration;
import dev.entente.engine.port.CaStore;
import dev.entente.engine.port.CaStore.KeyedRoot;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.Outbox;
import dev.entente.engine.port.PeeringStore;
import dev.entente.engine.port.StoreUnavailableException;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is left in the database after writes, refusals and faults. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class DurabilityTest {
    private static final PartitionName PARTITION = PartitionName.DEFAULT;

    @Inject
    PostgresPeeringStore store;

    @Inject
    PostgresCaStore roots;

    @Inject
    PostgresOutbox outbox;

    @Inject
    AgroalDataSource database;

    @Inject
    Vertx vertx;

    private final PeerName name = new PeerName(Samples.name("durable"));

    @Test
    void whatWasCommittedAndNotPublishedIsOverdueUntilItIsPublished() {
        Committed<Void> committed = write(Samples.peering(name), PeeringSecrets.NONE);

        Outbox.Pending pending = new Outbox.Pending(committed.outboxId(), PARTITION, committed.changes());
        assertThat(await(outbox.overdue(Duration.ZERO, 10_000))).contains(pending);
        assertThat(await(outbox.overdue(Duration.ofHours(1), 10_000))).doesNotContain(pending);

        await(outbox.published(committed.outboxId()));
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .untilAsserted(() ->
                        assertThat(await(outbox.overdue(Duration.ZERO, 10_000))).doesNotContain(pending));
    }

    @Test
    void aRefusalAndAnEqualRewriteLeaveNoOutboxRow() throws SQLException {
        Peering peering = Samples.peering(name);
        Committed<Void> first = write(peering, PeeringSecrets.NONE);

        write(peering, new PeeringSecrets(Samples.secret().hash(), null, null, null));
        assertThatThrownBy(() -> await(store.decide(PARTITION, name, held -> Outcome.refused(Refusal.invalid("no")))))
                .hasMessage("no");

        assertThat(Sql.texts(
                        database,
                        "select id from outbox where strpos(changes, '" + peering.id() + "') > 0 order by id"))
                .containsExactly(String.valueOf(first.outboxId()));
    }

    @Test
    void aProgrammingErrorInADecisionPassesThroughAndLeavesNothing() {
        assertThatThrownBy(() -> await(store.decide(PARTITION, name, held -> {
                    throw new IllegalStateException("a bug");
                })))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a bug");
        assertThat(await(store.byName(PARTITION, name))).isEmpty();
    }

    @Test
    void noSecretStandsClearInAnyTable() throws SQLException {
        Secret establishment = Samples.secret();
        Secret dialing = Samples.secret();
        KeyedRoot root = Samples.root("at-rest");
        write(Samples.peering(name), new PeeringSecrets(establishment.hash(), null, null, dialing));
        await(roots.initialise(CaConfiguration.DEFAULT, Samples.root("before")));
        CaStore.Held held = await(roots.held()).orElseThrow();
        CaConfiguration brought = new CaConfiguration("consul", Map.of("PrivateKey", "brought-key"), Map.of(), false);
        List<KeyedRoot> next = new ArrayList<>();
        held.roots().forEach(old -> next.add(old.rotatedOut(Instant.EPOCH)));
        next.add(root);
        await(roots.replace(held, next, brought));

        List<String> tables = Sql.texts(database, "select tablename from pg_tables where schemaname = 'public'");
        assertThat(tables).contains("peerings", "peering_secrets", "ca_roots", "ca_configuration", "outbox");
        for (String table : tables) {
            for (String row : Sql.texts(database, "select cast(t as text) from " + table + " t")) {
                String binary = readable(row);
                assertThat(row + binary)
                        .doesNotContain(establishment.reveal())
                        .doesNotContain(dialing.reveal())
                        .doesNotContain("key-of-at-rest")
                        .doesNotContain("brought-key");
            }
        }
        assertThat(await(store.byName(PARTITION, name)).orElseThrow().secrets().dialing())
                .isEqualTo(dialing);
    }

    @Test
    void aConnectionThatTheServerCutsIsAnUnavailableStoreAndTheNextCallWorks() {
        assertThatThrownBy(() -> await(store.decide(PARTITION, name, held -> {
                    cutConnections();
                    return Outcome.accepted(
                            new PeeringStore.Decision<>(Samples.peering(name), PeeringSecrets.NONE, null));
                })))
                .isInstanceOf(StoreUnavailableException.class);

        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(write(Samples.peering(name), PeeringSecrets.NONE)
                                .changes())
                        .hasSize(1));
    }

    @Test
    void aCallComesBackOnTheContextItCameFromAndConcurrentCallsOfOneContextDoNotShareASession() throws Exception {
        Context context = vertx.getOrCreateContext();
        CompletableFuture<Boolean> sameContext = new CompletableFuture<>();

        context.runOnContext(started -> Uni.join()
                .all(List.of(held("a"), held("b"), held("c"), held("d")))
                .andFailFast()
                .subscribe()
                .with(
                        all -> sameContext.complete(Vertx.currentContext() == context),
                        sameContext::completeExceptionally));

        assertThat(sameContext.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aCallMayComeFromAWorkerThread() throws Exception {
        Object held = vertx.executeBlocking(() -> await(held("worker")))
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);

        assertThat(held).isNotNull();
    }

    private Uni<Committed<Integer>> held(String suffix) {
        PeerName each = new PeerName(Samples.name(suffix));
        return store.decide(
                PARTITION,
                each,
                found -> Outcome.accepted(new PeeringStore.Decision<>(Samples.peering(each), PeeringSecrets.NONE, 1)));
    }

    private Committed<Void> write(Peering peering, PeeringSecrets secrets) {
        return await(store.decide(
                PARTITION,
                peering.name(),
                held -> Outcome.accepted(new PeeringStore.Decision<>(peering, secrets, null))));
    }

    /** Those of the stores; the pool that tests look with is not built to notice. */
    private void cutConnections() {
        try {
            Sql.texts(
                    database,
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where application_name <> 'PostgreSQL JDBC Driver' and backend_type = 'client backend'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What hexadecimal in a row says when it is text. */
    private static String readable(String row) {
        StringBuilder text = new StringBuilder();
        java.util.regex.Matcher hex =
                java.util.regex.Pattern.compile("\\\\x([0-9a-f]+)").matcher(row);
        while (hex.find()) {
            text.append(new String(
                    java.util.HexFormat.of().parseHex(hex.group(1)), java.nio.charset.StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }
}
