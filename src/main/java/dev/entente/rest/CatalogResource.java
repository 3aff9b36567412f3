package dev.entente.rest;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.gateway.GatewayService;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.query.CatalogSelectors;
import dev.entente.domain.query.Filter;
import dev.entente.domain.query.Row;
import dev.entente.engine.access.Permission;
import dev.entente.engine.config.GatewayAnswers;
import dev.entente.engine.view.NodeContents;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.Topic.Subject;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Door;
import dev.entente.rest.http.Filters;
import dev.entente.rest.http.Reads;
import dev.entente.rest.http.Reads.Meta;
import dev.entente.rest.http.Reads.Question;
import dev.entente.rest.json.AgentProfile;
import dev.entente.rest.json.GatewayServiceJson;
import dev.entente.rest.json.InstanceJson;
import dev.entente.rest.json.Json;
import dev.entente.rest.json.NodeContentsJson;
import dev.entente.rest.json.NodeJson;
import dev.entente.rest.json.Origin;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads of the catalog, local and imported (protocol chapter 6.5). */
@Path("/v1/catalog")
public final class CatalogResource {
    private final Door door;
    private final Reads reads;
    private final Origins origins;
    private final Filters filters;
    private final GatewayReads gateways;
    private final Nearness nearness;
    private final AgentProfile profile;

    public CatalogResource(
            Door door,
            Reads reads,
            Origins origins,
            Filters filters,
            GatewayReads gateways,
            Nearness nearness,
            AgentProfile profile) {
        this.door = door;
        this.reads = reads;
        this.origins = origins;
        this.filters = filters;
        this.gateways = gateways;
        this.nearness = nearness;
        this.profile = profile;
    }

    @GET
    @Path("datacenters")
    public Uni<Response> datacenters(@Context HttpServerRequest request) {
        return door.answer(
                request,
                call -> Uni.createFrom().item(Answer.json(Json.array(List.of(profile.datacenter()), Json::value))));
    }

    @GET
    @Path("nodes")
    public Uni<Response> nodes(@Context HttpServerRequest request) {
        return door.read(request, this::nodes);
    }

    @GET
    @Path("services")
    public Uni<Response> services(@Context HttpServerRequest request) {
        return door.read(request, this::services);
    }

    @GET
    @Path("service/{name:.*}")
    public Uni<Response> service(@Context HttpServerRequest request) {
        return door.read(request, this::service);
    }

    @GET
    @Path("connect/{name:.*}")
    public Uni<Response> connect(@Context HttpServerRequest request) {
        return door.read(request, this::connect);
    }

    @GET
    @Path("node/{name:.*}")
    public Uni<Response> node(@Context HttpServerRequest request) {
        return door.read(request, this::node);
    }

    @GET
    @Path("node-services/{name:.*}")
    public Uni<Response> nodeServices(@Context HttpServerRequest request) {
        return door.read(request, this::nodeServices);
    }

    @GET
    @Path("gateway-services/{name:.*}")
    public Uni<Response> gatewayServices(@Context HttpServerRequest request) {
        return door.read(request, this::gatewayServices);
    }

    private Uni<Answer> nodes(Call call) {
        PeerName peer = call.peer();
        Origin origin = origins.of(call);
        NodeMetaFilter withMeta = NodeMetaFilter.of(call);
        Filter<Row<Node>> filter = filters.of(call, CatalogSelectors.NODE);
        Question<List<Indexed<Node>>> question = new Question<>(
                Permission.read(Permission.Area.NODE, ""),
                Set.of(Topic.of(Subject.NODES, peer)),
                view -> view.nodes(peer).map(withMeta::apply).map(nodes -> origin.onlyIndexed(filter, nodes)));
        return reads.json(
                call,
                Meta.WITH_CONSISTENCY,
                nearness.sorted(call, question, node -> node.value().name()),
                nodes -> NodeJson.list(origin, nodes));
    }

    private Uni<Answer> services(Call call) {
        PeerName peer = call.peer();
        InstanceFilter filter =
                InstanceFilter.ofNames(call, origins.of(call), filters.of(call, CatalogSelectors.CATALOG));
        ServiceNames names = new ServiceNames(peer, filter);
        return reads.json(
                call,
                Meta.WITH_CONSISTENCY,
                new Question<>(
                        Permission.read(Permission.Area.SERVICE, ""),
                        Set.of(Topic.of(names.subject(), peer)),
                        names::find),
                tags -> Json.object(json -> tags.forEach(json::texts)));
    }

    private Uni<Answer> service(Call call) {
        String name = call.argument("Missing service name");
        PeerName peer = call.peer();
        Origin origin = origins.of(call);
        Question<List<Instance>> question = new Question<>(
                Permission.read(Permission.Area.SERVICE, name),
                Set.of(Topic.service(peer, name)),
                view -> view.service(peer, name).map(found -> found.instances()));
        return instances(call, origin, filter(call, origin), question);
    }

    private Uni<Answer> connect(Call call) {
        Origin origin = origins.of(call);
        Question<List<Instance>> question = gateways.connect(call, call.argument("Missing service name"));
        return instances(call, origin, filter(call, origin).withoutTags(), question);
    }

    private Uni<Answer> gatewayServices(Call call) {
        String name = call.argument("Missing gateway name");
        Question<List<Indexed<GatewayService>>> question = new Question<>(
                Permission.read(Permission.Area.SERVICE, name),
                GatewayAnswers.SERVICES_TOPICS,
                view -> GatewayAnswers.services(view, name));
        return reads.json(call, Meta.WITH_CONSISTENCY, question, GatewayServiceJson::list);
    }

    private InstanceFilter filter(Call call, Origin origin) {
        return InstanceFilter.ofCatalog(call, origin, filters.of(call, CatalogSelectors.CATALOG));
    }

    private Uni<Answer> instances(Call call, Origin origin, InstanceFilter filter, Question<List<Instance>> question) {
        Question<List<Instance>> wanted = filter.within(CentralSettings.ofInstances(call, question));
        return reads.json(
                call,
                Meta.WITH_CONSISTENCY,
                nearness.sorted(
                        call, wanted, instance -> instance.node().value().name()),
                instances -> InstanceJson.catalog(origin, instances));
    }

    private Uni<Answer> node(Call call) {
        Origin origin = origins.of(call);
        return reads.json(call, Meta.WITH_CONSISTENCY, contents(call), found -> NodeContentsJson.byId(origin, found));
    }

    private Uni<Answer> nodeServices(Call call) {
        Origin origin = origins.of(call);
        return reads.json(
                call,
                Meta.WITH_CONSISTENCY,
                CentralSettings.ofNode(call, contents(call)),
                found -> call.query().first("filter").isEmpty()
                        ? NodeContentsJson.list(origin, found)
                        : NodeContentsJson.filteredList(origin, found));
    }

    private Question<Optional<NodeContents>> contents(Call call) {
        String name = call.argument("Missing node name");
        PeerName peer = call.peer();
        Origin origin = origins.of(call);
        Filter<Row<Service>> filter = filters.of(call, CatalogSelectors.SERVICE);
        return new Question<>(
                Permission.read(Permission.Area.NODE, name),
                Set.of(Topic.node(peer, name)),
                view -> view.nodeServices(peer, name)
                        .map(found -> found.map(
                                contents -> contents.withServices(origin.onlyIndexed(filter, contents.services())))));
    }
}
