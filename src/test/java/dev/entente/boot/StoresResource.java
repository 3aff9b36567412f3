package dev.entente.boot;

import dev.entente.boot.embedded.EmbeddedStores;
import dev.entente.boot.embedded.StoreAddresses;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One private PostgreSQL and Redis for all tests of a JVM, empty at its start and gone at its end.
 *
 * <p>Use {@code @QuarkusTestResource(StoresResource.class)} in a {@code @QuarkusTest}, or {@link #addresses()} in a plain test.
 */
public final class StoresResource implements QuarkusTestResourceLifecycleManager {
    private static @Nullable EmbeddedStores stores;

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(addresses().quarkusSettings());
        settings.put("entente.store.key", "dGhlIGtleSBvZiB0aGUgdGVzdHMgaGFzIDMyIGJ5dGU=");
        return settings;
    }

    /** The stores stay for the next test class; the JVM's end stops them. */
    @Override
    public void stop() {}

    /** Starts the pair at the first call. */
    public static synchronized StoreAddresses addresses() {
        EmbeddedStores running = stores;
        if (running == null) {
            running = EmbeddedStores.startTemporary();
            stores = running;
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop-stores"));
        }
        return running.addresses();
    }
}
