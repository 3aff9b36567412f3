package dev.entente.equivalence;

import java.util.List;
import java.util.Locale;

/** Parts of the script that can be left out with {@code -Dequivalence.without=ui,restarts}, to look at the others alone. */
enum Part {
    UI,
    CONFIG,
    GATEWAYS,
    PROXIES,
    RESTARTS;

    boolean isOn() {
        return !List.of(System.getProperty("equivalence.without", "").split(","))
                .contains(name().toLowerCase(Locale.ROOT));
    }
}
