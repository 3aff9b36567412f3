package dev.entente.grpc;

import dev.entente.engine.telemetry.Meters;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what was counted, as text. */
final class RecordingMeters implements Meters {
    final List<String> counted = new CopyOnWriteArrayList<>();

    @Override
    public void count(String name, SortedMap<String, String> labels) {
        counted.add(name + labels);
    }

    @Override
    public void time(String name, Duration took, SortedMap<String, String> labels) {}
}
