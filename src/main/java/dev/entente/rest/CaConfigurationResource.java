package dev.entente.rest;

import dev.entente.engine.connect.CaConfigurations;
import dev.entente.rest.body.CaConfigurationBody;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Door;
import dev.entente.rest.http.ReadOptions;
import dev.entente.rest.http.Reads;
import dev.entente.rest.json.CaConfigurationJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** How the certificate authority works (protocol chapter 6.9). */
@Path("/v1/connect/ca/configuration")
public final class CaConfigurationResource {
    private final Door door;
    private final Reads reads;
    private final CaConfigurations configurations;

    public CaConfigurationResource(Door door, Reads reads, CaConfigurations configurations) {
        this.door = door;
        this.reads = reads;
        this.configurations = configurations;
    }

    @GET
    public Uni<Response> read(@Context HttpServerRequest request) {
        return door.answer(request, call -> {
            ReadOptions.of(call);
            requireMesh(call);
            return configurations
                    .read(call.caller())
                    .map(CaConfigurationJson::write)
                    .map(Answer::json);
        });
    }

    @PUT
    public Uni<Response> write(@Context HttpServerRequest request, byte[] body) {
        return door.answer(request, call -> {
            CaConfigurationBody wanted = CaConfigurationBody.read(body);
            requireMesh(call);
            return configurations
                    .write(call.caller(), wanted.configuration(), wanted.modifyIndex())
                    .replaceWith(Answer::ok);
        });
    }

    private void requireMesh(Call call) {
        reads.requireConnect();
        reads.requireOwnDatacenter(call.query().first("dc"));
    }
}
