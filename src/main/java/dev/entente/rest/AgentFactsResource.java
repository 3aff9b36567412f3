package dev.entente.rest;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.access.Permission;
import dev.entente.engine.port.HostFacts;
import dev.entente.engine.telemetry.MeterReadings;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Door;
import dev.entente.rest.json.HostJson;
import dev.entente.rest.json.MetricsJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/** What was measured in this process, and the machine that it runs on (protocol chapters 6.8 and 12). */
@Path("/v1/agent")
public final class AgentFactsResource {
    private static final String EXPOSITION = "text/plain; version=0.0.4; charset=utf-8";
    private static final String NO_PROMETHEUS = "Prometheus is not enabled since its retention time is not positive";

    private final Door door;
    private final Authorizer authorizer;
    private final MeterReadings meters;
    private final HostFacts host;

    public AgentFactsResource(Door door, Authorizer authorizer, MeterReadings meters, HostFacts host) {
        this.door = door;
        this.authorizer = authorizer;
        this.meters = meters;
        this.host = host;
    }

    @GET
    @Path("metrics")
    public Uni<Response> metrics(@Context HttpServerRequest request) {
        return door.answer(
                request,
                call -> may(call, Permission.Area.AGENT)
                        .chain(() -> call.query().first("format").equals("prometheus")
                                ? exposition()
                                : meters.interval().map(MetricsJson::write).map(Answer::json)));
    }

    private Uni<Answer> exposition() {
        return meters.exposition()
                .map(text -> text.map(lines -> Answer.of(EXPOSITION, lines.getBytes(StandardCharsets.UTF_8)))
                        .orElseGet(() -> Answer.ok().with("X-Consul-Reason", NO_PROMETHEUS)));
    }

    @GET
    @Path("host")
    public Uni<Response> host(@Context HttpServerRequest request) {
        return door.answer(
                request,
                call -> may(call, Permission.Area.OPERATOR)
                        .chain(host::read)
                        .map(HostJson::write)
                        .map(Answer::json));
    }

    private Uni<Void> may(Call call, Permission.Area area) {
        return authorizer.require(call.caller(), PartitionName.DEFAULT, Permission.read(area, ""));
    }
}
