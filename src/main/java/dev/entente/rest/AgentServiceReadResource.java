package dev.entente.rest;

import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.access.Permission;
import dev.entente.engine.agent.Told;
import dev.entente.engine.view.Found;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.View;
import dev.entente.engine.view.Waiting;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Door;
import dev.entente.rest.http.ReadOptions;
import dev.entente.rest.http.Reads;
import dev.entente.rest.json.AgentProfile;
import dev.entente.rest.json.AgentServiceJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One service of the agent, for clients that wait until its hash is another than they know (protocol chapter 6.8). The view waits
 * for indexes, so a hash that is known reads as index 1 and any other as 2.
 */
@Path("/v1/agent")
public final class AgentServiceReadResource {
    private static final long KNOWN = 1;
    private static final long NEW = 2;

    private final Door door;
    private final Reads reads;
    private final View view;
    private final Authorizer authorizer;
    private final AgentProfile profile;
    private final Told told;

    public AgentServiceReadResource(
            Door door, Reads reads, View view, Authorizer authorizer, AgentProfile profile, Told told) {
        this.told = told;
        this.door = door;
        this.reads = reads;
        this.view = view;
        this.authorizer = authorizer;
        this.profile = profile;
    }

    @GET
    @Path("service/{id:.*}")
    public Uni<Response> service(@Context HttpServerRequest request) {
        return door.answer(request, this::service);
    }

    private Uni<Answer> service(Call call) {
        String id = call.argument();
        String hash = call.query().first("hash");
        PartitionName partition = reads.partition(call);
        AgentServiceJson json = new AgentServiceJson(partition, profile.datacenter());
        Duration wait = ReadOptions.of(call).waiting().atMost();
        Waiting waiting = hash.isEmpty() ? Waiting.NOT : new Waiting(KNOWN, wait, false);
        return authorizer
                .require(call.caller(), partition, Permission.read(Permission.Area.SERVICE, id))
                .chain(() ->
                        view.read(partition, waiting, topics(), tables -> find(own(tables, partition), id, json, hash)))
                .map(found -> answer(found.value(), id, json));
    }

    private Set<Topic> topics() {
        Set<Topic> topics = new HashSet<>(CentralSettings.TOPICS);
        topics.add(Topic.node(null, profile.nodeName()));
        return topics;
    }

    private OwnNode own(PartitionView tables, PartitionName partition) {
        return OwnNode.of(tables, profile.nodeName(), told, partition);
    }

    private static Found<Optional<Service>> find(OwnNode own, String id, AgentServiceJson json, String hash) {
        Optional<Service> service = own.service(id);
        boolean isKnown = service.map(json::hash).filter(hash::equals).isPresent();
        return new Found<>(isKnown ? KNOWN : NEW, service);
    }

    private static Answer answer(Optional<Service> found, String id, AgentServiceJson json) {
        Service service = found.orElseThrow(() -> Call.refused(Refusal.notFound("unknown service ID: " + id)));
        return Answer.json(json.withHash(service)).with("X-Consul-Contenthash", json.hash(service));
    }
}
