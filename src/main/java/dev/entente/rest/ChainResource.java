package dev.entente.rest;

import dev.entente.domain.chain.ChainQuestion;
import dev.entente.domain.chain.ChainQuestion.Overrides;
import dev.entente.domain.chain.DiscoveryChain;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.engine.access.Permission;
import dev.entente.engine.config.ChainAnswers;
import dev.entente.engine.config.ViewEntries;
import dev.entente.engine.view.View;
import dev.entente.rest.body.ChainBody;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Door;
import dev.entente.rest.http.Reads;
import dev.entente.rest.http.Reads.Meta;
import dev.entente.rest.http.Reads.Question;
import dev.entente.rest.json.AgentProfile;
import dev.entente.rest.json.ChainJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Set;

/** What becomes of calls to a service. */
@Path("/v1/discovery-chain/{service:.*}")
public final class ChainResource {
    private static final Set<String> MESH_GATEWAY_MODES = Set.of("", "none", "local", "remote");

    private final Door door;
    private final Reads reads;
    private final View view;
    private final AgentProfile profile;

    public ChainResource(Door door, Reads reads, View view, AgentProfile profile) {
        this.door = door;
        this.reads = reads;
        this.view = view;
        this.profile = profile;
    }

    @GET
    public Uni<Response> get(@Context HttpServerRequest request) {
        return door.read(request, call -> chain(call, Overrides.NONE));
    }

    @POST
    public Uni<Response> post(@Context HttpServerRequest request, byte[] body) {
        return door.read(request, call -> chain(call, overrides(call, body)));
    }

    private static Overrides overrides(Call call, byte[] body) {
        requireName(call);
        Overrides overrides = ChainBody.read(body);
        if (!MESH_GATEWAY_MODES.contains(overrides.meshGatewayMode())) {
            throw Call.refused(Refusal.badRequest("Invalid OverrideMeshGateway.Mode parameter"));
        }
        return overrides;
    }

    private static String requireName(Call call) {
        if (call.argument().isEmpty()) {
            throw Call.refused(Refusal.badRequest("Missing chain name"));
        }
        return call.argument();
    }

    private Uni<Answer> chain(Call call, Overrides overrides) {
        String service = requireName(call);
        reads.requireConnect();
        PartitionName partition = reads.partition(call);
        String asked = call.query().first("compile-dc");
        String datacenter = asked.isEmpty() ? profile.datacenter() : asked;
        ChainQuestion compile = new ChainQuestion(service, partition.value(), datacenter, trustDomain(), overrides);
        Question<Outcome<DiscoveryChain>> question = new Question<>(
                Permission.read(Permission.Area.SERVICE, service),
                ViewEntries.CHAIN_TOPICS,
                held -> ChainAnswers.of(held, compile));
        return reads.answer(call, Meta.WITH_CONSISTENCY, question, ChainResource::answer);
    }

    private static Answer answer(Outcome<DiscoveryChain> chain) {
        return chain.fold(
                found -> Answer.json(ChainJson.write(found)),
                refusal -> Answer.text(500, "failed to compile discovery chain: " + refusal.text()));
    }

    /** It does not change while a cluster lives. */
    private String trustDomain() {
        return view.defaultPartition()
                .caRoots()
                .value()
                .map(roots -> roots.value().trustDomain().value())
                .orElseThrow(() -> Call.refused(Refusal.invalid("no cluster ca config setup")));
    }
}
