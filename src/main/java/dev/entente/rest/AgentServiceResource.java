package dev.entente.rest;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.engine.agent.AgentCommands;
import dev.entente.engine.agent.AgentCommands.RegisterService;
import dev.entente.rest.body.CatalogBody.InPartition;
import dev.entente.rest.body.ServiceBody;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Door;
import dev.entente.rest.http.GoBoolean;
import dev.entente.rest.http.Reads;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** Services that clients register with this replica's agent, and maintenance (protocol chapter 6.8). */
@Path("/v1/agent")
public final class AgentServiceResource {
    private final Door door;
    private final Reads reads;
    private final AgentCommands agent;

    public AgentServiceResource(Door door, Reads reads, AgentCommands agent) {
        this.door = door;
        this.reads = reads;
        this.agent = agent;
    }

    @PUT
    @Path("service/register")
    public Uni<Response> register(@Context HttpServerRequest request, byte[] body) {
        return door.answer(request, call -> {
            InPartition<RegisterService> read = ServiceBody.register(body, replacesChecks(call));
            PartitionName partition = reads.partition(call, read.partition());
            return agent.registerService(call.caller(), partition, read.command())
                    .replaceWith(Answer::ok);
        });
    }

    private static boolean replacesChecks(Call call) {
        String value = call.query().first("replace-existing-checks");
        return call.query().has("replace-existing-checks") && (value.isEmpty() || value.equals("true"));
    }

    @PUT
    @Path("service/deregister/{id:.*}")
    public Uni<Response> deregister(@Context HttpServerRequest request) {
        return door.answer(
                request,
                call -> agent.deregisterService(call.caller(), reads.partition(call), call.argument())
                        .replaceWith(Answer::ok));
    }

    @PUT
    @Path("service/maintenance/{id:.*}")
    public Uni<Response> serviceMaintenance(@Context HttpServerRequest request) {
        return door.answer(request, call -> {
            String id = call.argument("Missing service ID");
            boolean enable = enable(call);
            return agent.serviceMaintenance(call.caller(), reads.partition(call), id, enable, reason(call))
                    .replaceWith(Answer::ok);
        });
    }

    @PUT
    @Path("maintenance")
    public Uni<Response> nodeMaintenance(@Context HttpServerRequest request) {
        return door.answer(
                request,
                call -> agent.nodeMaintenance(call.caller(), reads.partition(call), enable(call), reason(call))
                        .replaceWith(Answer::ok));
    }

    private static String reason(Call call) {
        return call.query().first("reason");
    }

    private static boolean enable(Call call) {
        if (!call.query().has("enable")) {
            throw Call.refused(Refusal.badRequest("Missing value for enable"));
        }
        String value = call.query().first("enable");
        return GoBoolean.parse(value)
                .orElseThrow(() -> Call.refused(Refusal.badRequest("Invalid value for enable: \"" + value + "\"")));
    }
}
