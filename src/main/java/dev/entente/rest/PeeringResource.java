package dev.entente.rest;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.access.Permission;
import dev.entente.engine.peering.Peerings;
import dev.entente.engine.view.Found;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.Topic.Subject;
import dev.entente.rest.body.PeeringBody;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Door;
import dev.entente.rest.http.Reads;
import dev.entente.rest.http.Reads.Meta;
import dev.entente.rest.http.Reads.Question;
import dev.entente.rest.json.Json;
import dev.entente.rest.json.PeeringJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Set;

/** Peerings: tokens, establishing, reading, deleting (protocol chapter 6.3). */
@Path("/v1")
public final class PeeringResource {
    private static final String NO_NAME = "Must specify a name to fetch.";
    private static final Answer EMPTY_OBJECT = Answer.json(Json.object(json -> {}));

    private final Door door;
    private final Reads reads;
    private final Peerings peerings;

    public PeeringResource(Door door, Reads reads, Peerings peerings) {
        this.door = door;
        this.reads = reads;
        this.peerings = peerings;
    }

    @POST
    @Path("peering/token")
    public Uni<Response> token(@Context HttpServerRequest request, byte[] body) {
        return door.remote(
                request,
                call -> peerings.generateToken(call.caller(), PeeringBody.token(body, call.partitionText()))
                        .map(PeeringJson::token)
                        .map(Answer::json));
    }

    @POST
    @Path("peering/establish")
    public Uni<Response> establish(@Context HttpServerRequest request, byte[] body) {
        return door.remote(
                request,
                call -> peerings.establish(call.caller(), PeeringBody.establish(body, call.partitionText()))
                        .replaceWith(EMPTY_OBJECT));
    }

    @GET
    @Path("peering/{name:.*}")
    public Uni<Response> read(@Context HttpServerRequest request) {
        return door.remote(request, this::read);
    }

    @DELETE
    @Path("peering/{name:.*}")
    public Uni<Response> delete(@Context HttpServerRequest request) {
        return door.remote(request, call -> {
            String name = call.argument(NO_NAME);
            return peerings.delete(call.caller(), reads.partition(call), name).replaceWith(Answer::ok);
        });
    }

    @GET
    @Path("peerings")
    public Uni<Response> list(@Context HttpServerRequest request) {
        return door.remote(request, this::list);
    }

    private Uni<Answer> read(Call call) {
        String name = call.argument(NO_NAME);
        PartitionName partition = reads.partition(call);
        Answer notFound = Answer.text(404, "Peering not found for \"" + name + "\"");
        return waited(call)
                .chain(meta -> peerings.read(call.caller(), partition, name)
                        .map(shown ->
                                shown.map(PeeringJson::one).map(Answer::json).orElse(notFound))
                        .map(answer -> answer.with(meta.headers())));
    }

    private Uni<Answer> list(Call call) {
        PartitionName partition = reads.partition(call);
        return waited(call)
                .chain(meta -> peerings.list(call.caller(), partition)
                        .map(PeeringJson::list)
                        .map(Answer::json)
                        .map(answer -> answer.with(meta.headers())));
    }

    /** Waits as a blocking query does, and gives the headers of the read; newer clients fail without them. */
    private Uni<Answer> waited(Call call) {
        Question<Boolean> question = new Question<>(
                Permission.read(Permission.Area.PEERING, ""),
                Set.of(Topic.of(Subject.PEERINGS, null)),
                view -> new Found<>(view.peerings().index(), true));
        return reads.answer(call, Meta.BASIC, question, ignored -> Answer.ok());
    }
}
