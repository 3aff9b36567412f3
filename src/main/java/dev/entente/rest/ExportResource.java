package dev.entente.rest;

import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.export.ExportRules;
import dev.entente.domain.export.ResolvedExport;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.access.Permission;
import dev.entente.engine.port.Keys;
import dev.entente.engine.replication.ExportAnswers;
import dev.entente.engine.replication.ExportAnswers.Imported;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.Topic.Subject;
import dev.entente.engine.view.View;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Door;
import dev.entente.rest.http.Reads;
import dev.entente.rest.http.Reads.Meta;
import dev.entente.rest.http.Reads.Question;
import dev.entente.rest.json.ExportJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What this cluster shows to others, and what it is shown: reads of later releases. */
@Path("/v1")
public final class ExportResource {
    private static final Set<Topic> EXPORT_TOPICS = Set.of(
            Topic.configEntry(Keys.configEntry(ExportedServicesEntry.KIND, ExportRules.ENTRY_NAME)),
            Topic.of(Subject.PEERINGS, null),
            Topic.of(Subject.INSTANCES, null));

    private final Door door;
    private final Reads reads;
    private final View view;

    public ExportResource(Door door, Reads reads, View view) {
        this.door = door;
        this.reads = reads;
        this.view = view;
    }

    @GET
    @Path("exported-services")
    public Uni<Response> exported(@Context HttpServerRequest request) {
        return door.answer(request, this::exported);
    }

    @GET
    @Path("imported-services")
    public Uni<Response> imported(@Context HttpServerRequest request) {
        return door.answer(request, this::imported);
    }

    private Uni<Answer> exported(Call call) {
        PartitionName partition = reads.partition(call);
        Question<List<ResolvedExport>> question =
                new Question<>(Permission.read(Permission.Area.MESH, ""), EXPORT_TOPICS, ExportAnswers::resolved);
        return reads.json(call, Meta.WITH_CONSISTENCY, question, found -> ExportJson.exported(partition, found));
    }

    private Uni<Answer> imported(Call call) {
        PartitionName partition = reads.partition(call);
        Question<List<Imported>> question = new Question<>(
                Permission.read(Permission.Area.MESH, ""), importTopics(partition), ExportAnswers::imported);
        return reads.json(call, Meta.WITH_CONSISTENCY, question, found -> ExportJson.imported(partition, found));
    }

    /** A new peer changes the peerings, and then the answer has an index from which its names are waited for. */
    private Set<Topic> importTopics(PartitionName partition) {
        Set<Topic> topics = new HashSet<>(Set.of(Topic.of(Subject.PEERINGS, null)));
        view.partition(partition)
                .ifPresent(held -> held.peerings()
                        .value()
                        .forEach(peering -> topics.add(
                                Topic.of(Subject.SERVICE_NAMES, peering.value().name()))));
        return topics;
    }
}
