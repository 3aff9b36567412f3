package dev.entente.checks;

import dev.entente.domain.catalog.Check;

/** What one run of a check found. */
record ProbeResult(String status, String output) {
    static ProbeResult passing(String output) {
        return new ProbeResult(Check.PASSING, output);
    }

    static ProbeResult critical(String output) {
        return new ProbeResult(Check.CRITICAL, output);
    }
}
