package dev.entente.rest;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.query.CatalogSelectors;
import dev.entente.domain.query.Filter;
import dev.entente.domain.query.Row;
import dev.entente.engine.access.Permission;
import dev.entente.engine.agent.Told;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Door;
import dev.entente.rest.http.Filters;
import dev.entente.rest.http.Reads;
import dev.entente.rest.json.AgentHealthJson;
import dev.entente.rest.json.AgentHealthJson.ServiceHealth;
import dev.entente.rest.json.AgentProfile;
import dev.entente.rest.json.AgentServiceJson;
import dev.entente.rest.json.MemberJson;
import dev.entente.rest.json.Origin;
import dev.entente.rest.json.SelfJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What this replica's agent tells of itself, its services and checks (protocol chapter 6.8). */
@Path("/v1/agent")
public final class AgentReadResource {
    /** What Consul's own command line asks for; there is one segment, so it is all of them. */
    private static final String ALL_SEGMENTS = "_all";

    private static final Permission READ_AGENT = Permission.read(Permission.Area.AGENT, "");
    private static final Permission READ_SERVICES = Permission.read(Permission.Area.SERVICE, "");
    private static final Permission READ_NODES = Permission.read(Permission.Area.NODE, "");

    private final Door door;
    private final Reads reads;
    private final Members members;
    private final Filters filters;
    private final AgentProfile profile;
    private final Told told;

    public AgentReadResource(
            Door door, Reads reads, Members members, Filters filters, AgentProfile profile, Told told) {
        this.told = told;
        this.door = door;
        this.reads = reads;
        this.members = members;
        this.filters = filters;
        this.profile = profile;
    }

    @GET
    @Path("self")
    public Uni<Response> self(@Context HttpServerRequest request) {
        return door.answer(
                request,
                call -> own(call, READ_AGENT).map(own -> {
                    Map<String, String> counts = Map.of(
                            "checks", String.valueOf(own.checks().size()),
                            "services", String.valueOf(own.services().size()));
                    return Answer.json(SelfJson.write(profile, members.self(), counts));
                }));
    }

    @GET
    @Path("members")
    public Uni<Response> members(@Context HttpServerRequest request) {
        return door.answer(request, this::members);
    }

    private Uni<Answer> members(Call call) {
        boolean wide = !call.query().first("wan").isEmpty();
        String segment = call.query().first("segment");
        boolean hasSegment = !segment.isEmpty() && !segment.equals(ALL_SEGMENTS);
        if (wide && hasSegment) {
            throw Call.refused(Refusal.badRequest("Cannot provide a segment with wan=true"));
        }
        if (hasSegment) {
            throw Call.refused(Refusal.invalid("Network segments are not supported in this version of Consul"));
        }
        return reads.now(call, READ_NODES, view -> new MemberJson(profile).list(members.all(), wide))
                .map(Answer::json);
    }

    @GET
    @Path("services")
    public Uni<Response> services(@Context HttpServerRequest request) {
        return door.answer(request, call -> {
            Origin origin = new Origin(call.partition(), null);
            Filter<Row<Service>> filter = filters.ofAgent(call, CatalogSelectors.SERVICE);
            return own(call, READ_SERVICES)
                    .map(own -> Answer.json(json(call).byId(origin.only(filter, own.services()))));
        });
    }

    @GET
    @Path("checks")
    public Uni<Response> checks(@Context HttpServerRequest request) {
        return door.answer(request, call -> {
            Origin origin = new Origin(call.partition(), null);
            Filter<Row<Check>> filter = filters.ofAgentChecks(call, CatalogSelectors.CHECK);
            return own(call, READ_NODES)
                    .map(own -> Answer.json(
                            AgentHealthJson.checksById(origin.partition(), origin.only(filter, own.checks()))));
        });
    }

    @GET
    @Path("health/service/id/{id:.*}")
    public Uni<Response> healthById(@Context HttpServerRequest request) {
        return door.answer(request, this::healthById);
    }

    private Uni<Answer> healthById(Call call) {
        String id = required(call.argument(), "Missing serviceID");
        return own(call, READ_SERVICES).map(own -> {
            Optional<ServiceHealth> health = own.service(id).map(own::healthOf);
            String status = health.map(ServiceHealth::status).orElse("ServiceId " + id + " not found");
            return verdict(
                    status, wantsText(call) ? plain(status) : Answer.json(AgentHealthJson.one(json(call), health)));
        });
    }

    @GET
    @Path("health/service/name/{name:.*}")
    public Uni<Response> healthByName(@Context HttpServerRequest request) {
        return door.answer(request, this::healthByName);
    }

    private Uni<Answer> healthByName(Call call) {
        String name = required(call.argument(), "Missing service Name");
        return own(call, Permission.read(Permission.Area.SERVICE, name)).map(own -> {
            List<ServiceHealth> healths =
                    own.servicesNamed(name).stream().map(own::healthOf).toList();
            String status = healths.isEmpty() ? "ServiceName " + name + " Not Found" : OwnNode.worst(healths);
            byte[] list = AgentHealthJson.list(json(call), healths);
            return verdict(status, wantsText(call) ? plain(status) : Answer.json(list));
        });
    }

    private static Answer plain(String status) {
        return Answer.of("text/plain", status.getBytes(StandardCharsets.UTF_8));
    }

    /** The status of the answer follows the health; a status that is none is the sentence that nothing was found. */
    private static Answer verdict(String status, Answer answer) {
        int code = switch (status) {
            case Check.PASSING -> 200;
            case Check.WARNING -> 429;
            case Check.CRITICAL, Check.MAINTENANCE -> 503;
            default -> 404;
        };
        return answer.withStatus(code).with("X-Consul-Reason", inBytes(status));
    }

    /** Headers are written character by character as bytes; a name that is none of theirs goes as its UTF-8 bytes. */
    private static String inBytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static boolean wantsText(Call call) {
        return call.query().first("format").equals("text")
                || call.header("Accept").orElse("").startsWith("text/plain");
    }

    private static String required(String argument, String textWhenMissing) {
        if (argument.isEmpty()) {
            throw Call.refused(Refusal.invalid(textWhenMissing));
        }
        return argument;
    }

    private Uni<OwnNode> own(Call call, Permission permission) {
        return reads.now(call, permission, view -> OwnNode.of(view, profile.nodeName(), told, reads.partition(call)));
    }

    private AgentServiceJson json(Call call) {
        return new AgentServiceJson(call.partition(), profile.datacenter());
    }
}
