package dev.entente.postgres;

import dev.entente.boot.StoresResource;
import dev.entente.contract.CaStoreContract;
import dev.entente.engine.port.CaStore;
import dev.entente.engine.port.ClusterStore;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class PostgresCaStoreTest extends CaStoreContract {
    @Inject
    PostgresCaStore store;

    @Inject
    PostgresClusterStore cluster;

    @Inject
    AgroalDataSource database;

    /**
     * The application under test may have made its root at its start; one that is started later on the same stores must not take the
     * samples of this test for its own.
     */
    @BeforeEach
    @AfterEach
    void forgetRoots() throws SQLException {
        Sql.execute(database, "delete from ca_roots");
        Sql.execute(database, "delete from ca_configuration");
    }

    @Override
    protected CaStore store() {
        return store;
    }

    @Override
    protected ClusterStore cluster() {
        return cluster;
    }
}
