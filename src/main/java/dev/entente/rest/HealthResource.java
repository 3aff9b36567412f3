package dev.entente.rest;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.query.CatalogSelectors;
import dev.entente.domain.query.Filter;
import dev.entente.domain.query.Row;
import dev.entente.engine.access.Permission;
import dev.entente.engine.view.Found;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.ServiceInstances;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.Topic.Subject;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Door;
import dev.entente.rest.http.Filters;
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
import java.util.function.Function;

/** Health of nodes and services, local and imported (protocol chapter 6.4). */
@Path("/v1/health")
public final class HealthResource {
    private final Door door;
    private final Reads reads;
    private final Origins origins;
    private final Filters filters;
    private final GatewayReads gateways;
    private final Nearness nearness;

    public HealthResource(
            Door door, Reads reads, Origins origins, Filters filters, GatewayReads gateways, Nearness nearness) {
        this.door = door;
        this.reads = reads;
        this.origins = origins;
        this.filters = filters;
        this.gateways = gateways;
        this.nearness = nearness;
    }

    @GET
    @Path("service/{name:.*}")
    public Uni<Response> service(@Context HttpServerRequest request) {
        return door.bareRead(request, this::service);
    }

    @GET
    @Path("connect/{name:.*}")
    public Uni<Response> connect(@Context HttpServerRequest request) {
        return door.bareRead(request, this::connect);
    }

    @GET
    @Path("ingress/{name:.*}")
    public Uni<Response> ingress(@Context HttpServerRequest request) {
        return door.bareRead(request, this::ingress);
    }

    @GET
    @Path("checks/{name:.*}")
    public Uni<Response> checks(@Context HttpServerRequest request) {
        return door.read(request, this::checks);
    }

    @GET
    @Path("node/{name:.*}")
    public Uni<Response> node(@Context HttpServerRequest request) {
        return door.read(request, this::node);
    }

    @GET
    @Path("state/{state:.*}")
    public Uni<Response> state(@Context HttpServerRequest request) {
        return door.read(request, this::state);
    }

    private Uni<Answer> service(Call call) {
        String name = call.argument("Missing service name");
        PeerName peer = call.peer();
        Origin origin = origins.of(call);
        Set<Topic> topics = Set.of(Topic.service(peer, name));
        if (InstanceFilter.asksNothing(call)) {
            Question<ServiceInstances> question =
                    new Question<>(readService(name), topics, view -> view.service(peer, name));
            return reads.json(
                    call, Meta.STREAMING, question, instances -> instances.encoded(InstanceJson.health(origin)));
        }
        InstanceFilter filter = filter(call, origin);
        Question<List<Instance>> question = new Question<>(
                readService(name), topics, view -> view.service(peer, name).map(ServiceInstances::instances));
        return instances(call, filter, meta(call), question);
    }

    private Uni<Answer> connect(Call call) {
        String name = call.argument("Missing service name");
        InstanceFilter filter = filter(call, origins.of(call)).withoutTags();
        return instances(call, filter, meta(call), gateways.connect(call, name));
    }

    private InstanceFilter filter(Call call, Origin origin) {
        return InstanceFilter.of(call, origin, filters.of(call, CatalogSelectors.HEALTH));
    }

    private Uni<Answer> instances(Call call, InstanceFilter filter, Meta meta, Question<List<Instance>> question) {
        Question<List<Instance>> wanted = nearness.sorted(
                call,
                filter.within(CentralSettings.ofInstances(call, question)),
                instance -> instance.node().value().name());
        // Only what is about to be shown is looked at for that, so the refusal comes with the index of what was read.
        return InstanceFilter.passing(call).isEmpty()
                ? reads.answer(call, meta, wanted, ignored -> Answer.text(400, "Invalid value for ?passing"))
                : reads.json(call, meta, wanted, InstanceJson.health(origins.of(call)));
    }

    private Uni<Answer> ingress(Call call) {
        String name = call.argument("Missing service name");
        InstanceFilter filter = filter(call, origins.of(call));
        return instances(call, filter, Meta.WITH_CONSISTENCY, gateways.ingress(call, name));
    }

    private Uni<Answer> checks(Call call) {
        String name = call.argument("Missing service name");
        PeerName peer = call.peer();
        NodeMetaFilter nodes = NodeMetaFilter.of(call);
        return checks(
                call,
                readService(name),
                Topic.service(peer, name),
                view -> nodes.apply(view, peer, view.checksOfService(peer, name)));
    }

    private Uni<Answer> node(Call call) {
        String name = call.argument("Missing node name");
        PeerName peer = call.peer();
        return checks(
                call,
                Permission.read(Permission.Area.NODE, name),
                Topic.node(peer, name),
                view -> view.nodeChecks(peer, name));
    }

    private Uni<Answer> state(Call call) {
        String state = call.argument("Missing check state");
        PeerName peer = call.peer();
        NodeMetaFilter nodes = NodeMetaFilter.of(call);
        return checks(
                call,
                Permission.read(Permission.Area.NODE, ""),
                Topic.of(Subject.CHECKS, peer),
                view -> nodes.apply(view, peer, view.checksInState(peer, state)));
    }

    private Uni<Answer> checks(
            Call call, Permission permission, Topic topic, Function<PartitionView, Found<List<Indexed<Check>>>> read) {
        Origin origin = origins.of(call);
        Filter<Row<Check>> filter = filters.of(call, CatalogSelectors.CHECK);
        Question<List<Indexed<Check>>> question = new Question<>(
                permission, Set.of(topic), view -> read.apply(view).map(all -> origin.onlyIndexed(filter, all)));
        return reads.json(
                call,
                Meta.WITH_CONSISTENCY,
                nearness.sorted(call, question, check -> check.value().node()),
                checks -> CheckJson.list(origin, checks));
    }

    private static Permission readService(String name) {
        return Permission.read(Permission.Area.SERVICE, name);
    }

    private static Meta meta(Call call) {
        boolean isSorted = !call.query().first("near").isEmpty() || call.query().has("merge-central-config");
        return isSorted ? Meta.WITH_CONSISTENCY : Meta.STREAMING;
    }
}
