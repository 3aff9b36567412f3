package dev.entente.boot.wiring;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Where jitter comes from; no secret may. */
final class Chance {
    /** For any thread, unlike the default generator; and found without reflection, which the native executable would not allow. */
    static final RandomGenerator EVERYWHERE = () -> ThreadLocalRandom.current().nextLong();

    private Chance() {}
}
