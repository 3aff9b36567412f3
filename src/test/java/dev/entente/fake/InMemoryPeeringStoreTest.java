package dev.entente.fake;

import dev.entente.contract.PeeringStoreContract;
import dev.entente.engine.port.PeeringStore;

class InMemoryPeeringStoreTest extends PeeringStoreContract {
    private static final InMemoryPeeringStore STORE = new InMemoryPeeringStore();

    @Override
    protected PeeringStore store() {
        return STORE;
    }
}
