package dev.entente.rest;

import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Door;
import dev.entente.rest.http.Reads;
import dev.entente.rest.json.AgentProfile;
import dev.entente.rest.json.Json;
import dev.entente.rest.json.MemberJson.Member;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/**
 * Who leads and who follows (protocol chapter 6.11). All replicas are equal here; clients that ask for a leader are told the first
 * replica that is alive, the same from each.
 */
@Path("/v1/status")
public final class StatusResource {
    private final Door door;
    private final Reads reads;
    private final Members members;

    public StatusResource(Door door, Reads reads, Members members) {
        this.door = door;
        this.reads = reads;
        this.members = members;
    }

    @GET
    @Path("leader")
    public Uni<Response> leader(@Context HttpServerRequest request) {
        return door.bareRead(request, this::leader);
    }

    @GET
    @Path("peers")
    public Uni<Response> peers(@Context HttpServerRequest request) {
        return door.bareRead(request, this::peers);
    }

    private Uni<Answer> leader(Call call) {
        reads.requireOwnDatacenter(call.query().first("dc"));
        String leader = members.all().stream()
                .filter(Member::alive)
                .map(StatusResource::address)
                .findFirst()
                .orElse("");
        return Uni.createFrom().item(Answer.json(Json.text(leader)));
    }

    private Uni<Answer> peers(Call call) {
        reads.requireOwnDatacenter(call.query().first("dc"));
        Iterable<String> addresses =
                members.all().stream().map(StatusResource::address).toList();
        return Uni.createFrom().item(Answer.json(Json.array(addresses, Json::value)));
    }

    private static String address(Member member) {
        return AgentProfile.hostAndPort(member.address(), member.serverPort());
    }
}
