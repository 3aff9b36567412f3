package dev.entente.rest;

import dev.entente.engine.access.Permission;
import dev.entente.engine.view.Found;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.Topic;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Door;
import dev.entente.rest.http.Reads;
import dev.entente.rest.json.AgentProfile;
import dev.entente.rest.json.CoordinateJson;
import dev.entente.rest.json.MemberJson.Member;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Where nodes are in the network (protocol chapter 6.11). Replicas measure no distances: each stands where a fresh server of Consul
 * stands, and is nearest to itself ({@link Nearness}).
 */
@Path("/v1/coordinate")
public final class CoordinateResource {
    private static final Permission READ_NODES = Permission.read(Permission.Area.NODE, "");

    private final Door door;
    private final Reads reads;
    private final Members members;
    private final AgentProfile profile;

    public CoordinateResource(Door door, Reads reads, Members members, AgentProfile profile) {
        this.door = door;
        this.reads = reads;
        this.members = members;
        this.profile = profile;
    }

    @GET
    @Path("nodes")
    public Uni<Response> nodes(@Context HttpServerRequest request) {
        return door.read(request, call -> read(call, view -> found(view, members.all()), Answer::json));
    }

    @GET
    @Path("node/{name:.*}")
    public Uni<Response> node(@Context HttpServerRequest request) {
        return door.read(request, this::node);
    }

    private Uni<Answer> node(Call call) {
        String name = call.argument("Missing node name");
        return read(
                call,
                view -> found(
                        view,
                        members.all().stream()
                                .filter(member -> member.name().equals(name))
                                .toList()),
                json -> json.length == "[]".length() ? Answer.empty(404) : Answer.json(json));
    }

    @GET
    @Path("datacenters")
    public Uni<Response> datacenters(@Context HttpServerRequest request) {
        return door.answer(
                request,
                call -> reads.now(
                        call,
                        READ_NODES,
                        view -> Answer.json(CoordinateJson.datacenters(profile.datacenter(), names(members.all())))));
    }

    private Uni<Answer> read(Call call, Function<PartitionView, Found<byte[]>> read, Function<byte[], Answer> answer) {
        Set<Topic> topics = Set.of(Topic.of(Topic.Subject.NODES, null));
        return reads.answer(call, Reads.Meta.BASIC, new Reads.Question<>(READ_NODES, topics, read), answer);
    }

    private static Found<byte[]> found(PartitionView view, List<Member> found) {
        return new Found<>(view.nodes(null).index(), CoordinateJson.nodes(names(found)));
    }

    private static List<String> names(List<Member> members) {
        return members.stream().filter(Member::alive).map(Member::name).toList();
    }
}
