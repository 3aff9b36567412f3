package dev.entente.rest;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.catalog.CatalogCommands;
import dev.entente.engine.catalog.CatalogCommands.Deregister;
import dev.entente.engine.catalog.CatalogCommands.Register;
import dev.entente.rest.body.CatalogBody;
import dev.entente.rest.body.CatalogBody.InPartition;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Door;
import dev.entente.rest.http.Reads;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** Changes of the catalog (protocol chapter 6.5). */
@Path("/v1/catalog")
public final class CatalogWriteResource {
    private final Door door;
    private final Reads reads;
    private final CatalogCommands catalog;

    public CatalogWriteResource(Door door, Reads reads, CatalogCommands catalog) {
        this.door = door;
        this.reads = reads;
        this.catalog = catalog;
    }

    @PUT
    @Path("register")
    public Uni<Response> register(@Context HttpServerRequest request, byte[] body) {
        return door.answer(request, call -> {
            InPartition<Register> read = CatalogBody.register(body);
            PartitionName partition = reads.partition(call, read.partition());
            return catalog.register(call.caller(), partition, read.command()).replaceWith(Answer.TRUE);
        });
    }

    @PUT
    @Path("deregister")
    public Uni<Response> deregister(@Context HttpServerRequest request, byte[] body) {
        return door.answer(request, call -> {
            InPartition<Deregister> read = CatalogBody.deregister(body);
            PartitionName partition = reads.partition(call, read.partition());
            return catalog.deregister(call.caller(), partition, read.command()).replaceWith(Answer.TRUE);
        });
    }
}
