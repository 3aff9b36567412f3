package dev.entente.rest;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** The roots under the agent's path (protocol chapter 6.8): a class of its own, since classes are chosen by their path first. */
@Path("/v1/agent/connect/ca/roots")
public final class AgentCaRootsResource {
    private final CaRootsResource roots;

    public AgentCaRootsResource(CaRootsResource roots) {
        this.roots = roots;
    }

    @GET
    public Uni<Response> read(@Context HttpServerRequest request) {
        return roots.ofAgent(request);
    }
}
