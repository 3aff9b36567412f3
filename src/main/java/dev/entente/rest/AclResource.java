package dev.entente.rest;

import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Door;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** Tokens and policies, on an agent that has ACLs off: the answer is the same to all calls (protocol chapter 6.11). */
@Path("/v1")
public final class AclResource {
    private static final String FAMILY = "acl/{rest:.*}";

    static final Answer DISABLED = Answer.text(401, "ACL support disabled");

    private final Door door;

    public AclResource(Door door) {
        this.door = door;
    }

    @GET
    @Path(FAMILY)
    public Uni<Response> read(@Context HttpServerRequest request) {
        return disabled(request);
    }

    @PUT
    @Path(FAMILY)
    public Uni<Response> write(@Context HttpServerRequest request) {
        return disabled(request);
    }

    @POST
    @Path(FAMILY)
    public Uni<Response> post(@Context HttpServerRequest request) {
        return disabled(request);
    }

    @DELETE
    @Path(FAMILY)
    public Uni<Response> delete(@Context HttpServerRequest request) {
        return disabled(request);
    }

    /** What pages ask for, to know what to offer. */
    @POST
    @Path("internal/acl/authorize")
    public Uni<Response> authorize(@Context HttpServerRequest request) {
        return disabled(request);
    }

    private Uni<Response> disabled(HttpServerRequest request) {
        return door.answer(request, call -> Uni.createFrom().item(DISABLED));
    }
}
