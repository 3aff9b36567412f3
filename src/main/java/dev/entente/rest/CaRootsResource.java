package dev.entente.rest;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.identity.Refusal;
import dev.entente.engine.access.Permission;
import dev.entente.engine.port.CaRoots;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.Topic.Subject;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Door;
import dev.entente.rest.http.GoBoolean;
import dev.entente.rest.http.Reads;
import dev.entente.rest.json.CaRootsJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The roots of the certificate authority (protocol chapter 6.9). The cluster has one authority, whichever partition asks. */
@Path("/v1/connect/ca/roots")
public final class CaRootsResource {
    private static final String PEM = "application/pem-certificate-chain";

    private final Door door;
    private final Reads reads;

    public CaRootsResource(Door door, Reads reads) {
        this.door = door;
        this.reads = reads;
    }

    @GET
    public Uni<Response> ofCluster(@Context HttpServerRequest request) {
        return door.read(request, call -> roots(call, wantsPem(call) ? CaRootsResource::pem : CaRootsResource::json));
    }

    /** The same, as the agents of Consul give it from their cache. */
    Uni<Response> ofAgent(HttpServerRequest request) {
        return door.answer(
                request,
                call -> roots(call, CaRootsResource::json)
                        .map(answer -> answer.with("X-Cache", "HIT").with("Age", "0")));
    }

    private static boolean wantsPem(Call call) {
        String pem = call.query().first("pem");
        return !pem.isEmpty()
                && GoBoolean.parse(pem)
                        .orElseThrow(() ->
                                Call.refused(Refusal.badRequest("The 'pem' query parameter must be a boolean value")));
    }

    private static Answer json(Indexed<CaRoots> roots) {
        return Answer.json(CaRootsJson.write(roots));
    }

    private static Answer pem(Indexed<CaRoots> roots) {
        return Answer.of(PEM, CaRootsJson.pem(roots.value()));
    }

    private Uni<Answer> roots(Call call, Function<Indexed<CaRoots>, Answer> write) {
        reads.requireConnect();
        Reads.Question<Optional<Indexed<CaRoots>>> question = new Reads.Question<>(
                Permission.read(Permission.Area.SERVICE, ""),
                Set.of(Topic.of(Subject.CA_ROOTS, null)),
                PartitionView::caRoots);
        return reads.ofCluster(call, question, found -> found.map(write).orElseGet(CaRootsResource::none));
    }

    /** While the authority is still being made. */
    private static Answer none() {
        return Answer.text(500, "The certificate authority has no root yet");
    }
}
