package dev.entente.domain.config;

import static dev.entente.domain.config.Faults.when;

import java.util.Optional;

/** What a proxy-defaults entry may be: one name, and what is in it is not looked at. */
final class ProxyDefaultsRules {
    private ProxyDefaultsRules() {}

    static Optional<String> fault(ProxyDefaultsEntry entry) {
        return faultOfName(entry.name()).or(() -> EntryMeta.fault(entry.meta()));
    }

    static Optional<String> faultOfName(String name) {
        return when(
                !name.isEmpty() && !name.equals(ProxyDefaultsEntry.NAME),
                "invalid name (\"" + name + "\"), only \"" + ProxyDefaultsEntry.NAME + "\" is supported");
    }
}
