package dev.entente.rest;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.identity.PeerName;
import dev.entente.engine.access.Permission;
import dev.entente.engine.view.NodeContents;
import dev.entente.engine.view.ServiceInstances;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.Topic.Subject;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Door;
import dev.entente.rest.http.ReadOptions;
import dev.entente.rest.http.Reads;
import dev.entente.rest.http.Reads.Meta;
import dev.entente.rest.http.Reads.Question;
import dev.entente.rest.json.CheckJson;
import dev.entente.rest.json.InstanceJson;
import dev.entente.rest.json.Origin;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;

/** Health of nodes and services, local and imported (protocol chapter 6.4). */
@Path("/v1/health")
public final class HealthResource {
    private final Door door;
    private final Reads reads;
    private final Origins origins;

    public HealthResource(Door door, Reads reads, Origins origins) {
        this.door = door;
        this.reads = reads;
        this.origins = origins;
    }

    @GET
    @Path("service/{name:.*}")
    public Uni<Response> service(@Context HttpServerRequest request) {
        return door.answer(request, this::service);
    }

    @GET
    @Path("connect/{name:.*}")
    public Uni<Response> connect(@Context HttpServerRequest request) {
        return door.answer(request, this::connect);
    }

    /** Ingress gateways are not modelled: no service has one in front of it. */
    @GET
    @Path("ingress/{name:.*}")
    public Uni<Response> ingress(@Context HttpServerRequest request) {
        return door.answer(request, this::ingress);
    }

    @GET
    @Path("checks/{name:.*}")
    public Uni<Response> checks(@Context HttpServerRequest request) {
        return door.answer(request, this::checks);
    }

    @GET
    @Path("node/{name:.*}")
    public Uni<Response> node(@Context HttpServerRequest request) {
        return door.answer(request, this::node);
    }

    @GET
    @Path("state/{state:.*}")
    public Uni<Response> state(@Context HttpServerRequest request) {
        return door.answer(request, this::state);
    }

    private Uni<Answer> service(Call call) {
        String name = call.argument("Missing service name");
        PeerName peer = call.peer();
        Origin origin = origins.of(call);
        Question<ServiceInstances> question =
                new Question<>(readService(name), Set.of(Topic.service(peer, name)), view -> view.service(peer, name));
        if (InstanceFilter.asksNothing(call)) {
            return reads.json(
                    call, Meta.STREAMING, question, instances -> instances.encoded(InstanceJson.health(origin)));
        }
        ReadOptions.of(call);
        InstanceFilter filter = InstanceFilter.of(call);
        Question<List<Instance>> filtered = new Question<>(
                question.permission(),
                question.topics(),
                view -> question.read().apply(view).map(ServiceInstances::instances));
        return reads.json(
                call,
                meta(call),
                CentralSettings.ofInstances(call, filtered),
                instances -> encode(origin, filter, instances));
    }

    private Uni<Answer> connect(Call call) {
        String name = call.argument("Missing service name");
        PeerName peer = call.peer();
        Origin origin = origins.of(call);
        ReadOptions.of(call);
        InstanceFilter filter = InstanceFilter.of(call);
        Question<List<Instance>> question =
                new Question<>(readService(name), Set.of(Topic.connect(peer, name)), view -> view.connect(peer, name));
        return reads.json(
                call,
                meta(call),
                CentralSettings.ofInstances(call, question),
                instances -> encode(origin, filter, instances));
    }

    private Uni<Answer> ingress(Call call) {
        String name = call.argument("Missing service name");
        PeerName peer = call.peer();
        Question<List<Instance>> question = new Question<>(
                readService(name),
                Set.of(Topic.connect(peer, name)),
                view -> view.connect(peer, name).map(instances -> List.of()));
        return reads.json(call, Meta.WITH_CONSISTENCY, question, InstanceJson.health(origins.of(call)));
    }

    private Uni<Answer> checks(Call call) {
        String name = call.argument("Missing service name");
        PeerName peer = call.peer();
        Origin origin = origins.of(call);
        NodeMetaFilter nodes = NodeMetaFilter.of(call);
        Question<List<Indexed<Check>>> question = new Question<>(
                readService(name),
                Set.of(Topic.service(peer, name)),
                view -> nodes.apply(view, peer, view.checksOfService(peer, name)));
        return reads.json(call, Meta.WITH_CONSISTENCY, question, checks -> CheckJson.list(origin, checks));
    }

    private Uni<Answer> node(Call call) {
        String name = call.argument("Missing node name");
        PeerName peer = call.peer();
        Origin origin = origins.of(call);
        Question<List<Indexed<Check>>> question = new Question<>(
                Permission.read(Permission.Area.NODE, name),
                Set.of(Topic.node(peer, name)),
                view -> view.node(peer, name)
                        .map(found -> found.map(NodeContents::checks).orElse(List.of())));
        return reads.json(call, Meta.WITH_CONSISTENCY, question, checks -> CheckJson.list(origin, checks));
    }

    private Uni<Answer> state(Call call) {
        String state = call.argument("Missing check state");
        PeerName peer = call.peer();
        Origin origin = origins.of(call);
        NodeMetaFilter nodes = NodeMetaFilter.of(call);
        Question<List<Indexed<Check>>> question = new Question<>(
                Permission.read(Permission.Area.NODE, ""),
                Set.of(Topic.of(Subject.CHECKS, peer)),
                view -> nodes.apply(view, peer, view.checksInState(peer, state)));
        return reads.json(call, Meta.WITH_CONSISTENCY, question, checks -> CheckJson.list(origin, checks));
    }

    private static Permission readService(String name) {
        return Permission.read(Permission.Area.SERVICE, name);
    }

    private static byte[] encode(Origin origin, InstanceFilter filter, List<Instance> instances) {
        return InstanceJson.health(origin).apply(filter.apply(instances));
    }

    private static Meta meta(Call call) {
        boolean isSorted = !call.query().first("near").isEmpty() || call.query().has("merge-central-config");
        return isSorted ? Meta.WITH_CONSISTENCY : Meta.STREAMING;
    }
}
