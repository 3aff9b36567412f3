package dev.entente.boot.embedded;

import java.nio.file.Path;

/** A process of its own that holds stores until it is killed; it prints a line when they are ready. */
final class AgentUnderTest {
    private AgentUnderTest() {}

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedStores stores = EmbeddedStores.start(Path.of(arguments[0]));
        System.out.println("ready " + stores.addresses().redisPort());
        Thread.currentThread().join();
    }
}
