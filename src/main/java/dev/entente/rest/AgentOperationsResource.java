package dev.entente.rest;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.access.Permission;
import dev.entente.engine.agent.AgentControl;
import dev.entente.engine.agent.DeadNodes;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Door;
import dev.entente.rest.json.MemberJson.Member;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * What an operator asks of the agent (protocol chapter 6.8). Replicas meet in their stores, so there is nothing to join: a member is
 * joined already, and nobody else can be.
 */
@Path("/v1/agent")
public final class AgentOperationsResource {
    private static final Permission WRITE_AGENT = Permission.write(Permission.Area.AGENT, "");
    private static final Permission OPERATE = Permission.write(Permission.Area.OPERATOR, "");

    private final Door door;
    private final Authorizer authorizer;
    private final Members members;
    private final DeadNodes deadNodes;
    private final AgentControl control;

    public AgentOperationsResource(
            Door door, Authorizer authorizer, Members members, DeadNodes deadNodes, AgentControl control) {
        this.door = door;
        this.authorizer = authorizer;
        this.members = members;
        this.deadNodes = deadNodes;
        this.control = control;
    }

    @PUT
    @Path("reload")
    public Uni<Response> reload(@Context HttpServerRequest request) {
        return door.answer(
                request, call -> may(call, WRITE_AGENT).chain(control::reload).replaceWith(Answer::ok));
    }

    @PUT
    @Path("leave")
    public Uni<Response> leave(@Context HttpServerRequest request) {
        return door.answer(
                request, call -> may(call, WRITE_AGENT).chain(control::leave).replaceWith(Answer::ok));
    }

    @PUT
    @Path("join/{address:.*}")
    public Uni<Response> join(@Context HttpServerRequest request) {
        return door.answer(
                request,
                call -> may(call, WRITE_AGENT)
                        .invoke(() -> requireMember(call.argument()))
                        .replaceWith(Answer::ok));
    }

    private void requireMember(String address) {
        String host = address.replaceFirst(":\\d+$", "").replaceAll("[\\[\\]]", "");
        boolean known =
                members.all().stream().anyMatch(member -> member.address().equals(host));
        if (!known) {
            throw Call.refused(Refusal.invalid("1 error occurred:\n\t* Failed to join " + address
                    + ": no replica has this address; replicas join by sharing their stores\n\n"));
        }
    }

    @PUT
    @Path("force-leave/{node:.*}")
    public Uni<Response> forceLeave(@Context HttpServerRequest request) {
        return door.answer(
                request,
                call -> may(call, OPERATE)
                        .chain(() -> forceLeave(call.argument()))
                        .replaceWith(Answer::ok));
    }

    /** A member that is alive would come back at once, as in Consul: it stays. */
    private Uni<Void> forceLeave(String node) {
        Optional<Member> named = members.all().stream()
                .filter(member -> member.name().equals(node))
                .findFirst();
        Member member =
                named.orElseThrow(() -> Call.refused(Refusal.invalid("agent: No node found with name '" + node + "'")));
        return member.alive() ? Uni.createFrom().voidItem() : deadNodes.remove(node);
    }

    /** Tokens belong to ACLs, which this agent does not have on. */
    @PUT
    @Path("token/{kind:.*}")
    public Uni<Response> token(@Context HttpServerRequest request) {
        return door.answer(request, call -> Uni.createFrom().item(AclResource.DISABLED));
    }

    private Uni<Void> may(Call call, Permission permission) {
        return authorizer.require(call.caller(), PartitionName.DEFAULT, permission);
    }
}
