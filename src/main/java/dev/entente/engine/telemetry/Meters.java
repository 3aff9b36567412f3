package dev.entente.engine.telemetry;

import java.time.Duration;
import java.util.SortedMap;

/** Takes measurements; never waits, and never fails. Names are given without the prefix that readers see. */
public interface Meters {

    /** One more of something. */
    void count(String name, SortedMap<String, String> labels);

    /** How long something took. */
    void time(String name, Duration took, SortedMap<String, String> labels);
}
