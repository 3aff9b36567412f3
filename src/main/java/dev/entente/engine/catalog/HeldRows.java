package dev.entente.engine.catalog;

import dev.entente.domain.catalog.Held;
import dev.entente.domain.catalog.Indexed;
import dev.entente.engine.port.CatalogStore.Rows;
import java.util.HashMap;
import java.util.Map;

/** The rows of a store as the domain sees them: without indexes. */
public final class HeldRows {
    private HeldRows() {}

    public static Held of(Rows rows) {
        return new Held(
                rows.node().map(Indexed::value), values(rows.services()), values(rows.checks()), rows.nodeNameOfId());
    }

    private static <T> Map<String, T> values(Map<String, Indexed<T>> indexed) {
        Map<String, T> values = new HashMap<>();
        indexed.forEach((key, entry) -> values.put(key, entry.value()));
        return values;
    }
}
