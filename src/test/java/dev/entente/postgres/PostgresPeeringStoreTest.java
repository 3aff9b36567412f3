package dev.entente.postgres;

import dev.entente.boot.StoresResource;
import dev.entente.contract.PeeringStoreContract;
import dev.entente.engine.port.PeeringStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class PostgresPeeringStoreTest extends PeeringStoreContract {
    @Inject
    PostgresPeeringStore store;

    @Override
    protected PeeringStore store() {
        return store;
    }
}
