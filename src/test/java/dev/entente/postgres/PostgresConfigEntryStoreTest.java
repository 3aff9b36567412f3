package dev.entente.postgres;

import dev.entente.boot.StoresResource;
import dev.entente.contract.ConfigEntryStoreContract;
import dev.entente.engine.port.ConfigEntryStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class PostgresConfigEntryStoreTest extends ConfigEntryStoreContract {
    @Inject
    PostgresConfigEntryStore store;

    @Override
    protected ConfigEntryStore store() {
        return store;
    }
}
