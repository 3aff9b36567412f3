package dev.entente.rest;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.identity.Refusal;
import dev.entente.engine.agent.AgentCommands;
import dev.entente.engine.agent.AgentCommands.CheckSpec;
import dev.entente.rest.body.CatalogBody.InPartition;
import dev.entente.rest.body.CheckBody;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Door;
import dev.entente.rest.http.Reads;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Set;

/** Checks that clients register with this replica's agent, and what they report (protocol chapter 6.8). */
@Path("/v1/agent/check")
public final class AgentCheckResource {
    private static final Set<String> STATUSES = Set.of(Check.PASSING, Check.WARNING, Check.CRITICAL);

    private final Door door;
    private final Reads reads;
    private final AgentCommands agent;

    public AgentCheckResource(Door door, Reads reads, AgentCommands agent) {
        this.door = door;
        this.reads = reads;
        this.agent = agent;
    }

    @PUT
    @Path("register")
    public Uni<Response> register(@Context HttpServerRequest request, byte[] body) {
        return door.answer(request, call -> {
            InPartition<CheckSpec> read = CheckBody.register(body);
            return agent.registerCheck(call.caller(), reads.partition(call, read.partition()), read.command())
                    .replaceWith(Answer::ok);
        });
    }

    @PUT
    @Path("deregister/{id:.*}")
    public Uni<Response> deregister(@Context HttpServerRequest request) {
        return door.answer(
                request,
                call -> agent.deregisterCheck(call.caller(), reads.partition(call), call.argument())
                        .replaceWith(Answer::ok));
    }

    @PUT
    @Path("pass/{id:.*}")
    public Uni<Response> pass(@Context HttpServerRequest request) {
        return note(request, Check.PASSING);
    }

    @PUT
    @Path("warn/{id:.*}")
    public Uni<Response> warn(@Context HttpServerRequest request) {
        return note(request, Check.WARNING);
    }

    @PUT
    @Path("fail/{id:.*}")
    public Uni<Response> fail(@Context HttpServerRequest request) {
        return note(request, Check.CRITICAL);
    }

    private Uni<Response> note(HttpServerRequest request, String status) {
        return door.answer(request, call -> report(call, status, call.query().first("note")));
    }

    @PUT
    @Path("update/{id:.*}")
    public Uni<Response> update(@Context HttpServerRequest request, byte[] body) {
        return door.answer(request, call -> {
            CheckBody.Update update = CheckBody.update(body);
            if (!STATUSES.contains(update.status())) {
                throw Call.refused(Refusal.badRequest("Invalid check status: '" + update.status() + "'"));
            }
            return report(call, update.status(), update.output());
        });
    }

    private Uni<Answer> report(Call call, String status, String output) {
        return agent.report(call.caller(), reads.partition(call), call.argument(), status, output)
                .replaceWith(Answer::ok);
    }
}
