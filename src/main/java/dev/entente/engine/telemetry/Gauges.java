package dev.entente.engine.telemetry;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Somebody who has gauges to show. */
@FunctionalInterface
public interface Gauges {

    /** The newest values; asked for whenever metrics are read. */
    Uni<List<Gauge>> read();
}
