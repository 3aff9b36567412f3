package dev.entente.engine.telemetry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A number at this moment (protocol chapter 12).
 *
 * @param name with its parts separated by dots, without the prefix that an agent gives to all
 * @param value not a number when there is nothing to tell
 * @param labels in the order in which they are shown
 */
public record Gauge(String name, double value, Map<String, String> labels) {
    public Gauge {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }
}
