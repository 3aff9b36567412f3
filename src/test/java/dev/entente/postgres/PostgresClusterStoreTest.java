package dev.entente.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.boot.StoresResource;
import dev.entente.contract.ClusterStoreContract;
import dev.entente.contract.Samples;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.peering.PeeringSecrets;
import dev.entente.engine.port.CatalogStore;
import dev.entente.engine.port.ClusterStore;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.ConfigEntryStore;
import dev.entente.engine.port.PeeringStore;
import dev.entente.engine.port.PeeringStore.Decision;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class PostgresClusterStoreTest extends ClusterStoreContract {
    @Inject
    PostgresClusterStore store;

    @Inject
    PostgresCatalogStore catalog;

    @Inject
    PostgresPeeringStore peerings;

    @Inject
    PostgresConfigEntryStore entries;

    @Inject
    AgroalDataSource database;

    @Override
    protected ClusterStore store() {
        return store;
    }

    @Override
    protected CatalogStore catalog() {
        return catalog;
    }

    @Override
    protected PeeringStore peerings() {
        return peerings;
    }

    @Override
    protected ConfigEntryStore entries() {
        return entries;
    }

    /** Given a write that has drawn nothing yet because somebody else is at its record, but is under way. */
    @Test
    void whatIsUnderWayIsWaitedForUntilItIsSettled() throws SQLException {
        PeerName name = new PeerName(Samples.name("settled"));
        LockKey lock = LockKey.of("peering", PartitionName.DEFAULT, name.key());
        try (Connection other = database.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(" + lock.number() + ")");
            CompletableFuture<Committed<Integer>> write = peerings.decide(
                            PartitionName.DEFAULT,
                            name,
                            held -> Outcome.accepted(new Decision<>(Samples.peering(name), PeeringSecrets.NONE, 0)))
                    .subscribeAsCompletionStage();
            Awaitility.await().until(() -> waitingForLocks() == 1);
            CompletableFuture<Long> settled = store.settled().subscribeAsCompletionStage();
            Awaitility.await().until(() -> waitingForLocks() == 2 || settled.isDone());
            other.commit();

            assertThat(settled.orTimeout(10, TimeUnit.SECONDS).join())
                    .isGreaterThanOrEqualTo(
                            write.orTimeout(10, TimeUnit.SECONDS).join().outboxId());
        }
    }

    private int waitingForLocks() throws SQLException {
        return Integer.parseInt(
                Sql.texts(database, "select count(*) from pg_locks where locktype = 'advisory' and not granted")
                        .get(0));
    }
}
