package dev.entente.rest;

import dev.entente.domain.identity.Refusal;
import dev.entente.engine.config.Partitions;
import dev.entente.rest.body.PartitionBody;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Door;
import dev.entente.rest.json.PartitionJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** Admin partitions. */
@Path("/v1")
public final class PartitionResource {
    private static final String NO_NAME = "Must specify a partition name";

    private final Door door;
    private final Partitions partitions;

    public PartitionResource(Door door, Partitions partitions) {
        this.door = door;
        this.partitions = partitions;
    }

    @PUT
    @Path("partition")
    public Uni<Response> create(@Context HttpServerRequest request, byte[] body) {
        return door.answer(request, call -> create(call, PartitionBody.read(body, "")));
    }

    @PUT
    @Path("partition/{name:.*}")
    public Uni<Response> createNamed(@Context HttpServerRequest request, byte[] body) {
        return door.answer(request, call -> create(call, PartitionBody.read(body, call.argument())));
    }

    @GET
    @Path("partition/{name:.*}")
    public Uni<Response> read(@Context HttpServerRequest request) {
        return door.answer(request, call -> {
            String name = call.argument(NO_NAME);
            Answer notFound = Answer.text(404, "Partition not found: \"" + name + "\"");
            return partitions
                    .read(call.caller(), name)
                    .map(found ->
                            found.map(PartitionJson::one).map(Answer::json).orElse(notFound));
        });
    }

    @DELETE
    @Path("partition/{name:.*}")
    public Uni<Response> delete(@Context HttpServerRequest request) {
        return door.answer(
                request,
                call -> partitions.delete(call.caller(), call.argument(NO_NAME)).replaceWith(Answer::ok));
    }

    @GET
    @Path("partitions")
    public Uni<Response> list(@Context HttpServerRequest request) {
        return door.answer(
                request,
                call -> partitions.list(call.caller()).map(PartitionJson::list).map(Answer::json));
    }

    private Uni<Answer> create(Call call, PartitionBody body) {
        if (body.name().isEmpty()) {
            throw Call.refused(Refusal.badRequest(NO_NAME));
        }
        return partitions
                .create(call.caller(), body.name(), body.description())
                .map(PartitionJson::one)
                .map(Answer::json);
    }
}
