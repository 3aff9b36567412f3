package dev.entente.postgres;

import dev.entente.boot.StoresResource;
import dev.entente.contract.ClusterStoreContract;
import dev.entente.engine.port.CatalogStore;
import dev.entente.engine.port.ClusterStore;
import dev.entente.engine.port.ConfigEntryStore;
import dev.entente.engine.port.PeeringStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

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
}
