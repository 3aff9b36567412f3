package dev.entente.postgres;

import dev.entente.boot.StoresResource;
import dev.entente.contract.CatalogStoreContract;
import dev.entente.engine.port.CatalogStore;
import dev.entente.engine.port.ClusterStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class PostgresCatalogStoreTest extends CatalogStoreContract {
    @Inject
    PostgresCatalogStore store;

    @Inject
    PostgresClusterStore cluster;

    @Override
    protected CatalogStore store() {
        return store;
    }

    @Override
    protected ClusterStore cluster() {
        return cluster;
    }
}
