package dev.entente.rest;

import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.intention.Intention;
import dev.entente.domain.intention.Intentions;
import dev.entente.domain.intention.Verdict;
import dev.entente.domain.query.Filter;
import dev.entente.domain.query.IntentionSelectors;
import dev.entente.engine.access.Permission;
import dev.entente.engine.config.IntentionAnswers;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.Topic;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Door;
import dev.entente.rest.http.Filters;
import dev.entente.rest.http.Reads;
import dev.entente.rest.http.Reads.Meta;
import dev.entente.rest.http.Reads.Question;
import dev.entente.rest.json.IntentionJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Who may call whom (protocol chapter 6.7). */
@Path("/v1/connect/intentions")
public final class IntentionResource {
    private static final String CONSUL = "consul";
    /** What holds without a rule, as long as ACLs are off. */
    static final boolean DEFAULT_ALLOW = true;

    private final Door door;
    private final Reads reads;
    private final Filters filters;
    private final IntentionWrites writes;

    public IntentionResource(Door door, Reads reads, Filters filters, IntentionWrites writes) {
        this.door = door;
        this.reads = reads;
        this.filters = filters;
        this.writes = writes;
    }

    @GET
    public Uni<Response> list(@Context HttpServerRequest request) {
        return door.read(request, call -> {
            reads.requireConnect();
            Filter<Intention> filter = filters.of(call, IntentionSelectors.INTENTION);
            return reads.json(
                    call, Meta.BASIC, question(intentions -> filter.of(intentions.all())), IntentionJson::list);
        });
    }

    @GET
    @Path("match")
    public Uni<Response> match(@Context HttpServerRequest request) {
        return door.read(request, this::match);
    }

    @GET
    @Path("check")
    public Uni<Response> check(@Context HttpServerRequest request) {
        return door.answer(request, this::check);
    }

    @GET
    @Path("exact")
    public Uni<Response> exact(@Context HttpServerRequest request) {
        return door.answer(request, this::exact);
    }

    @PUT
    @Path("exact")
    public Uni<Response> put(@Context HttpServerRequest request, byte[] body) {
        return door.answer(request, call -> writes.put(call, body));
    }

    @DELETE
    @Path("exact")
    public Uni<Response> delete(@Context HttpServerRequest request) {
        return door.answer(request, writes::delete);
    }

    @POST
    public Uni<Response> create(@Context HttpServerRequest request, byte[] body) {
        return door.answer(request, call -> writes.create(call, body));
    }

    /** The path without a slash at its end comes here too. */
    @GET
    @Path("{id:.*}")
    public Uni<Response> byId(@Context HttpServerRequest request) {
        return request.path().endsWith("/intentions") ? list(request) : door.answer(request, writes::byId);
    }

    @PUT
    @Path("{id:.*}")
    public Uni<Response> update(@Context HttpServerRequest request, byte[] body) {
        return door.answer(request, call -> writes.update(call, body));
    }

    @DELETE
    @Path("{id:.*}")
    public Uni<Response> deleteById(@Context HttpServerRequest request) {
        return door.answer(request, writes::deleteById);
    }

    private Uni<Answer> match(Call call) {
        String by = IntentionName.requiredText(call, "by");
        boolean bySource = by.equals("source");
        if (!bySource && !by.equals("destination")) {
            throw Call.refused(Refusal.invalidArgument("'by' parameter must be one of 'source' or 'destination'"));
        }
        List<String> names = call.query().all("name");
        if (names.isEmpty()) {
            throw IntentionName.notSet("name");
        }
        reads.requireConnect();
        SortedMap<String, String> services = new TreeMap<>();
        names.forEach(name -> services.put(
                name,
                IntentionName.parse(name, "name", false, "match entry namespace")
                        .service()));
        Question<SortedMap<String, List<Intention>>> question =
                question(intentions -> matches(intentions, services, bySource));
        return reads.json(call, Meta.WITH_CONSISTENCY, question, IntentionJson::matches);
    }

    private static SortedMap<String, List<Intention>> matches(
            Intentions intentions, SortedMap<String, String> services, boolean bySource) {
        SortedMap<String, List<Intention>> matches = new TreeMap<>();
        services.forEach((name, service) ->
                matches.put(name, bySource ? intentions.bySource(service) : intentions.byDestination(service)));
        return matches;
    }

    private Uni<Answer> check(Call call) {
        IntentionName source = IntentionName.required(call, "source", false, "source namespace");
        IntentionName destination = IntentionName.required(call, "destination", false, "destination namespace");
        String type = call.query().first("source-type");
        if (call.query().has("source-type") && !type.equals(CONSUL)) {
            throw Call.refused(Refusal.invalid("unsupported SourceType: \"" + type + "\""));
        }
        reads.requireOwnDatacenter(call.query().first("dc"));
        Function<PartitionView, Verdict> decide =
                view -> IntentionAnswers.check(view, source.asIdentity(), destination.service(), DEFAULT_ALLOW);
        return now(call, destination.service(), decide)
                .map(verdict -> Answer.json(IntentionJson.allowed(verdict.allowed())));
    }

    private Uni<Answer> exact(Call call) {
        IntentionName source = IntentionName.required(call, "source", true, "SourceNS");
        IntentionName destination = IntentionName.required(call, "destination", false, "DestinationNS");
        source.requireNameAnd(destination, "");
        reads.requireOwnDatacenter(call.query().first("dc"));
        Function<PartitionView, Optional<Intention>> find =
                view -> IntentionAnswers.all(view).value().exact(source.asIdentity(), destination.service());
        return now(call, destination.service(), find)
                .map(found -> found.map(IntentionJson::one)
                        .map(Answer::json)
                        .orElse(Answer.text(404, "Intention not found")));
    }

    private <T> Uni<T> now(Call call, String destination, Function<PartitionView, T> read) {
        reads.requireConnect();
        return reads.now(call, Permission.read(Permission.Area.INTENTION, destination), read);
    }

    private static <T> Question<T> question(Function<Intentions, T> read) {
        return new Question<>(
                Permission.read(Permission.Area.INTENTION, ""),
                Set.of(Topic.configKind(ServiceIntentionsEntry.KIND)),
                view -> IntentionAnswers.all(view).map(read));
    }
}
