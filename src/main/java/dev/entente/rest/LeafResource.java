package dev.entente.rest;

import dev.entente.engine.connect.Leaves;
import dev.entente.engine.connect.Leaves.Served;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Door;
import dev.entente.rest.http.ReadOptions;
import dev.entente.rest.http.Reads;
import dev.entente.rest.json.LeafJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** The certificates of services, with their keys (protocol chapter 6.8). */
@Path("/v1/agent/connect/ca/leaf")
public final class LeafResource {
    private final Door door;
    private final Reads reads;
    private final Leaves leaves;

    public LeafResource(Door door, Reads reads, Leaves leaves) {
        this.door = door;
        this.reads = reads;
        this.leaves = leaves;
    }

    @GET
    @Path("{service:.*}")
    public Uni<Response> read(@Context HttpServerRequest request) {
        return door.answer(request, call -> {
            ReadOptions options = ReadOptions.of(call);
            reads.requireOwnDatacenter(call.query().first("dc"));
            reads.requireConnect();
            return leaves.read(call.caller(), reads.partition(call), call.argument(), options.waiting())
                    .map(LeafResource::answer);
        });
    }

    private static Answer answer(Served served) {
        Answer answer = Answer.json(LeafJson.write(served.leaf()))
                .with("X-Consul-Index", String.valueOf(served.leaf().index()));
        return served.age() == null
                ? answer.with("X-Cache", "MISS")
                : answer.with("X-Cache", "HIT")
                        .with("Age", String.valueOf(served.age().toSeconds()));
    }
}
