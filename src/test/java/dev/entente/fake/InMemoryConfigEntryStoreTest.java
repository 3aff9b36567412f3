package dev.entente.fake;

import dev.entente.contract.ConfigEntryStoreContract;
import dev.entente.engine.port.ConfigEntryStore;

class InMemoryConfigEntryStoreTest extends ConfigEntryStoreContract {
    private static final InMemoryConfigEntryStore STORE = new InMemoryConfigEntryStore();

    @Override
    protected ConfigEntryStore store() {
        return STORE;
    }
}
