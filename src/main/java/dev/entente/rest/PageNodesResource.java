package dev.entente.rest;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.HealthOverview;
import dev.entente.domain.catalog.HealthOverview.OnNode;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.query.CatalogSelectors;
import dev.entente.domain.query.CatalogSelectors.Contents;
import dev.entente.domain.query.Filter;
import dev.entente.domain.query.Row;
import dev.entente.engine.access.Permission;
import dev.entente.engine.view.Everywhere.Part;
import dev.entente.engine.view.NodeContents;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.Topic.Subject;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Door;
import dev.entente.rest.http.Filters;
import dev.entente.rest.http.ReadOptions;
import dev.entente.rest.http.Reads;
import dev.entente.rest.http.Reads.Meta;
import dev.entente.rest.http.Reads.Question;
import dev.entente.rest.json.NodeInfoJson;
import dev.entente.rest.json.NodeInfoJson.Placed;
import dev.entente.rest.json.Origin;
import dev.entente.rest.json.SummaryJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Nodes as pages show them, local and imported (protocol chapter 6.10). */
@Path("/v1/internal/ui")
public final class PageNodesResource {
    private final Door door;
    private final Reads reads;
    private final Origins origins;
    private final Filters filters;

    public PageNodesResource(Door door, Reads reads, Origins origins, Filters filters) {
        this.door = door;
        this.reads = reads;
        this.origins = origins;
        this.filters = filters;
    }

    @GET
    @Path("nodes")
    public Uni<Response> nodes(@Context HttpServerRequest request) {
        return door.read(request, this::nodes);
    }

    @GET
    @Path("node/{name:.*}")
    public Uni<Response> node(@Context HttpServerRequest request) {
        return door.read(request, this::node);
    }

    @GET
    @Path("catalog-overview")
    public Uni<Response> overview(@Context HttpServerRequest request) {
        return door.answer(request, this::overview);
    }

    private Uni<Answer> nodes(Call call) {
        PeerName only = call.peer();
        PartitionName partition = call.partition();
        Filter<Row<Contents>> filter = filters.of(call, CatalogSelectors.CONTENTS);
        Question<List<Placed>> question = new Question<>(
                Permission.read(Permission.Area.NODE, ""),
                Set.of(only == null ? Topic.everywhere(Subject.CONTENTS) : Topic.of(Subject.CONTENTS, only)),
                view -> origins.parts(view, only, view::contents)
                        .map(parts -> filter.of(placed(partition, parts), PageNodesResource::row)));
        return reads.json(call, Meta.BASIC, question, NodeInfoJson::list);
    }

    private static Row<Contents> row(Placed placed) {
        NodeContents contents = placed.contents();
        return placed.origin()
                .row(new Contents(
                        contents.node().value(),
                        CatalogSelectors.values(contents.services()),
                        CatalogSelectors.values(contents.checks())));
    }

    private static List<Placed> placed(PartitionName partition, List<Part<List<NodeContents>>> parts) {
        List<Placed> nodes = new ArrayList<>();
        for (Part<List<NodeContents>> part : parts) {
            Origin origin = new Origin(partition, part.peer());
            part.value().forEach(contents -> nodes.add(new Placed(origin, contents)));
        }
        return nodes;
    }

    private Uni<Answer> node(Call call) {
        String name = call.argument("Missing node name");
        PeerName peer = call.peer();
        Origin origin = origins.of(call);
        Question<Optional<NodeContents>> question = new Question<>(
                Permission.read(Permission.Area.NODE, name),
                Set.of(Topic.node(peer, name)),
                view -> view.node(peer, name));
        return reads.answer(
                call,
                Meta.BASIC,
                question,
                found -> found.map(contents -> Answer.json(NodeInfoJson.one(new Placed(origin, contents))))
                        .orElse(Answer.empty(404)));
    }

    private Uni<Answer> overview(Call call) {
        ReadOptions.of(call);
        reads.requireOwnDatacenter(call.query().first("dc"));
        return reads.now(
                        call,
                        Permission.read(Permission.Area.NODE, ""),
                        view -> HealthOverview.of(view.contents(null).value().stream()
                                .map(PageNodesResource::onNode)
                                .toList()))
                .map(overview -> Answer.json(SummaryJson.overview(overview)));
    }

    private static OnNode onNode(NodeContents contents) {
        Collection<Service> services =
                contents.services().stream().map(Indexed::value).toList();
        Collection<Check> checks =
                contents.checks().stream().map(Indexed::value).toList();
        return new OnNode(services, checks);
    }
}
