package dev.entente.boot.wiring;

import dev.entente.config.AgentSettings;
import dev.entente.engine.peering.PeeringGauges;
import dev.entente.engine.port.Clock;
import dev.entente.engine.port.HostFacts;
import dev.entente.engine.port.LogLines;
import dev.entente.engine.telemetry.Gauge;
import dev.entente.engine.telemetry.Gauges;
import dev.entente.engine.telemetry.MeterReadings;
import dev.entente.engine.view.LogView;
import dev.entente.grpc.CallMeters;
import dev.entente.rest.http.AnswerRoom;
import dev.entente.telemetry.IntervalMeters;
import dev.entente.telemetry.LinuxHost;
import dev.entente.telemetry.LogStream;
import dev.entente.telemetry.Readings;
import dev.entente.telemetry.RuntimeGauges;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
    MeterReadings readings(
            IntervalMeters meters,
            PeeringGauges peerings,
            LogView view,
            CallMeters calls,
            AnswerRoom room,
            AgentSettings settings) {
        String prefix = settings.telemetry().prefix();
        Readings.Settings shown = new Readings.Settings(
                prefix.isEmpty() ? "" : prefix + ".",
                !settings.telemetry().prometheusRetention().isZero());
        return new Readings(
                meters,
                List.of(
                        new RuntimeGauges(settings.versions().consulApi()),
                        reads(view),
                        answers(room),
                        calls,
                        peerings),
                shown);
    }

    private static Gauges reads(LogView view) {
        return () ->
                Uni.createFrom().item(() -> List.of(new Gauge("rpc.queries_blocking", view.blockingReads(), Map.of())));
    }

    private static Gauges answers(AnswerRoom room) {
        return () -> Uni.createFrom()
                .item(() -> List.of(
                        new Gauge("http.large_answers.bytes", room.held(), Map.of()),
                        new Gauge("http.large_answers.waiting", room.waiting(), Map.of())));
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
