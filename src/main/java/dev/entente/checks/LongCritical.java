package dev.entente.checks;

import dev.entente.domain.catalog.Check;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Finds the services that are to go because a check of theirs was critical for too long
 * ({@code DeregisterCriticalServiceAfter}). Touched by one thread at a time.
 */
final class LongCritical {
    private final Duration atLeast;
    private final LongSupplier nanoTime;
    private final Map<CheckKey, Long> since = new HashMap<>();

    /** @param atLeast the shortest time that counts, whatever a definition says */
    LongCritical(Duration atLeast, LongSupplier nanoTime) {
        this.atLeast = atLeast;
        this.nanoTime = nanoTime;
    }

    /** Notes which checks are critical now. */
    void note(Map<CheckKey, Check> checks) {
        checks.forEach((key, check) -> {
            if (mayEnd(check)) {
                since.putIfAbsent(key, nanoTime.getAsLong());
            }
        });
        since.keySet().removeIf(key -> !checks.containsKey(key) || !mayEnd(checks.get(key)));
    }

    /** The services whose time is over, each once; their keys carry the service's id. */
    Set<CheckKey> overdue(Map<CheckKey, Check> checks) {
        Set<CheckKey> services = new HashSet<>();
        since.forEach((key, start) -> {
            Check check = checks.get(key);
            if (check != null && nanoTime.getAsLong() - start > waitOf(check).toNanos()) {
                services.add(new CheckKey(key.partition(), check.serviceId()));
            }
        });
        return services;
    }

    private Duration waitOf(Check check) {
        Duration wanted = check.run().deregisterCriticalServiceAfter();
        return wanted.compareTo(atLeast) < 0 ? atLeast : wanted;
    }

    private static boolean mayEnd(Check check) {
        return check.status().equals(Check.CRITICAL)
                && !check.isNodeCheck()
                && !check.run().deregisterCriticalServiceAfter().isZero();
    }
}
