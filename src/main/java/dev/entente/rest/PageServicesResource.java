package dev.entente.rest;

import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceSummaries;
import dev.entente.domain.catalog.ServiceSummary;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.domain.gateway.BoundService;
import dev.entente.domain.gateway.GatewayBindings;
import dev.entente.domain.gateway.GatewayService;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.intention.Intention;
import dev.entente.domain.query.CatalogSelectors;
import dev.entente.domain.query.Filter;
import dev.entente.domain.query.Row;
import dev.entente.engine.access.Permission;
import dev.entente.engine.config.GatewayAnswers;
import dev.entente.engine.config.ServiceTopology;
import dev.entente.engine.config.TopologyAnswers;
import dev.entente.engine.replication.ExportAnswers;
import dev.entente.engine.view.Everywhere.Part;
import dev.entente.engine.view.Found;
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
import dev.entente.rest.json.IntentionJson;
import dev.entente.rest.json.Origin;
import dev.entente.rest.json.SummaryJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Services as pages show them: summed up, exported, and with their neighbours (protocol chapter 6.10). */
@Path("/v1/internal/ui")
public final class PageServicesResource {
    private static final Permission READ_SERVICES = Permission.read(Permission.Area.SERVICE, "");

    private final Door door;
    private final Reads reads;
    private final Origins origins;
    private final Filters filters;
    private final AgentProfile profile;

    public PageServicesResource(Door door, Reads reads, Origins origins, Filters filters, AgentProfile profile) {
        this.door = door;
        this.reads = reads;
        this.origins = origins;
        this.filters = filters;
        this.profile = profile;
    }

    @GET
    @Path("services")
    public Uni<Response> services(@Context HttpServerRequest request) {
        return door.read(request, this::services);
    }

    @GET
    @Path("exported-services")
    public Uni<Response> exported(@Context HttpServerRequest request) {
        return door.read(request, this::exported);
    }

    @GET
    @Path("service-topology/{name:.*}")
    public Uni<Response> topology(@Context HttpServerRequest request) {
        return door.read(request, this::topology);
    }

    @GET
    @Path("gateway-services-nodes/{name:.*}")
    public Uni<Response> gatewayServices(@Context HttpServerRequest request) {
        return door.read(request, this::gatewayServices);
    }

    @GET
    @Path("gateway-intentions/{name:.*}")
    public Uni<Response> gatewayIntentions(@Context HttpServerRequest request) {
        return door.read(request, this::gatewayIntentions);
    }

    /** Nothing is fetched on request of a client. */
    @GET
    @Path("metrics-proxy/{path:.*}")
    public Uni<Response> metrics(@Context HttpServerRequest request) {
        return door.answer(request, call -> {
            throw Call.refused(Refusal.notFound("Metrics proxy is not enabled"));
        });
    }

    private Uni<Answer> services(Call call) {
        PartitionName partition = call.partition();
        PeerName only = call.peer();
        Filter<Row<Instance>> filter = filters.of(call, CatalogSelectors.HEALTH);
        Set<Topic> topics = new HashSet<>(GatewayAnswers.SERVICES_TOPICS);
        topics.add(only == null ? Topic.everywhere(Subject.INSTANCES) : Topic.of(Subject.INSTANCES, only));
        Question<Listing> question = new Question<>(READ_SERVICES, topics, view -> {
            Found<List<GatewayService>> gateways = GatewayAnswers.all(view);
            Found<List<Part<List<Instance>>>> parts = origins.parts(view, only, view::instances);
            return new Found<>(
                    Math.max(parts.index(), gateways.index()),
                    new Listing(
                            summaries(only(partition, filter, parts.value())), GatewayBindings.of(gateways.value())));
        });
        return reads.json(
                call,
                Meta.BASIC,
                question,
                listing -> SummaryJson.list(partition, listing.services(), listing.gateways()));
    }

    private record Listing(List<ServiceSummary> services, GatewayBindings gateways) {}

    private static List<Part<List<Instance>>> only(
            PartitionName partition, Filter<Row<Instance>> filter, List<Part<List<Instance>>> parts) {
        return parts.stream()
                .map(part -> new Part<>(part.peer(), new Origin(partition, part.peer()).only(filter, part.value())))
                .toList();
    }

    private static List<ServiceSummary> summaries(List<Part<List<Instance>>> parts) {
        ServiceSummaries summaries = new ServiceSummaries();
        for (Part<List<Instance>> part : parts) {
            PeerName peer = part.peer();
            summaries.add(peer == null ? "" : peer.value(), part.value());
        }
        return summaries.all();
    }

    private Uni<Answer> exported(Call call) {
        PeerName peer = call.peer();
        if (peer == null) {
            throw Call.refused(Refusal.invalid("must provide PeerName"));
        }
        Question<List<String>> question = new Question<>(
                READ_SERVICES,
                Set.of(
                        Topic.of(Subject.PEERINGS, null),
                        Topic.of(Subject.INSTANCES, null),
                        Topic.configKind(ExportedServicesEntry.KIND)),
                view -> ExportAnswers.namesFor(view, peer));
        return reads.json(
                call,
                Meta.BASIC,
                question,
                names -> SummaryJson.list(
                        call.partition(),
                        names.stream()
                                .map(name -> ServiceSummary.named(name, profile.datacenter()))
                                .toList(),
                        GatewayBindings.NONE));
    }

    private Uni<Answer> topology(Call call) {
        String name = call.argument("Missing service name");
        if (!call.query().has("kind")) {
            throw Call.refused(Refusal.badRequest("Missing service kind"));
        }
        String kind = call.query().first("kind");
        if (!kind.isEmpty() && !kind.equals(Service.INGRESS_GATEWAY)) {
            throw Call.refused(Refusal.badRequest("Unsupported service kind \"" + kind + "\""));
        }
        Question<ServiceTopology> question = new Question<>(
                Permission.read(Permission.Area.SERVICE, name),
                TopologyAnswers.topics(),
                view -> topology(
                        new TopologyAnswers(view, profile.datacenter(), IntentionResource.DEFAULT_ALLOW), kind, name));
        return reads.json(call, Meta.BASIC, question, topology -> SummaryJson.topology(call.partition(), topology));
    }

    private static Found<ServiceTopology> topology(TopologyAnswers answers, String kind, String name) {
        return kind.equals(Service.INGRESS_GATEWAY) ? answers.ofIngress(name) : answers.of(name);
    }

    private Uni<Answer> gatewayServices(Call call) {
        String gateway = call.argument("Missing gateway name");
        Set<Topic> topics = new HashSet<>(GatewayAnswers.SERVICES_TOPICS);
        topics.add(Topic.of(Subject.INSTANCES, null));
        Question<List<BoundService>> question = new Question<>(
                Permission.read(Permission.Area.SERVICE, gateway),
                topics,
                view -> GatewayAnswers.summaries(view, gateway, profile.datacenter()));
        return reads.json(call, Meta.BASIC, question, services -> SummaryJson.bound(call.partition(), services));
    }

    private Uni<Answer> gatewayIntentions(Call call) {
        String gateway = call.argument("Missing gateway name");
        Set<Topic> topics = new HashSet<>(GatewayAnswers.SERVICES_TOPICS);
        topics.add(Topic.configKind(ServiceIntentionsEntry.KIND));
        Question<List<Intention>> question = new Question<>(
                Permission.read(Permission.Area.SERVICE, gateway),
                topics,
                view -> GatewayAnswers.intentions(view, gateway));
        return reads.json(call, Meta.BASIC, question, IntentionJson::list);
    }
}
