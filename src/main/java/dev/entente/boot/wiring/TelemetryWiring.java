package dev.entente.boot.wiring;

import dev.entente.config.AgentSettings;
import dev.entente.engine.peering.PeeringGauges;
import dev.entente.engine.port.Clock;
import dev.entente.engine.port.HostFacts;
import dev.entente.engine.port.LogLines;
import dev.entente.engine.telemetry.MeterReadings;
import dev.entente.telemetry.IntervalMeters;
import dev.entente.telemetry.LinuxHost;
import dev.entente.telemetry.LogStream;
import dev.entente.telemetry.Readings;
import dev.entente.telemetry.RuntimeGauges;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;

/** Makes the meters, what reads them, and what lets others follow the log. */
@Singleton
final class TelemetryWiring {

    @Produces
    @Singleton
    IntervalMeters meters(Clock clock) {
        return new IntervalMeters(clock::now);
    }

    @Produces
    @Singleton
    MeterReadings readings(IntervalMeters meters, PeeringGauges peerings, AgentSettings settings) {
        String prefix = settings.telemetry().prefix();
        Readings.Settings shown = new Readings.Settings(
                prefix.isEmpty() ? "" : prefix + ".",
                !settings.telemetry().prometheusRetention().isZero());
        return new Readings(
                meters, List.of(new RuntimeGauges(settings.versions().consulApi()), peerings), shown);
    }

    @Produces
    @Singleton
    HostFacts host(AgentSettings settings) {
        return new LinuxHost(settings.dataDir().orElse(Path.of("/")));
    }

    @Produces
    @Singleton
    LogStream logStream(AgentSettings settings) {
        return new LogStream(LogLines.Level.valueOf(settings.logLevel().name()));
    }
}
