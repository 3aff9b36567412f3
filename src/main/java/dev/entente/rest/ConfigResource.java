package dev.entente.rest;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ConfigKind;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.engine.access.Permission;
import dev.entente.engine.config.ConfigEntries;
import dev.entente.engine.config.ConfigPermissions;
import dev.entente.engine.port.Keys;
import dev.entente.engine.view.Found;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.Topic;
import dev.entente.rest.body.ConfigEntryBody;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Door;
import dev.entente.rest.http.Reads;
import dev.entente.rest.http.Reads.Meta;
import dev.entente.rest.http.Reads.Question;
import dev.entente.rest.json.AgentProfile;
import dev.entente.rest.json.ConfigEntryJson;
import dev.entente.rest.json.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Config entries (protocol chapter 6.6). */
@Path("/v1")
public final class ConfigResource {
    private static final Answer EMPTY_OBJECT = Answer.json(Json.object(json -> {}));
    private static final List<String> KINDS =
            Arrays.stream(ConfigKind.values()).map(ConfigKind::text).sorted().toList();

    private final Door door;
    private final Reads reads;
    private final ConfigEntries entries;
    private final AgentProfile profile;

    public ConfigResource(Door door, Reads reads, ConfigEntries entries, AgentProfile profile) {
        this.door = door;
        this.reads = reads;
        this.entries = entries;
        this.profile = profile;
    }

    /** The kind, and the name when there is one. */
    private record Target(String kind, Optional<String> name) {

        static Target of(Call call) {
            String[] parts = call.argument().split("/", 2);
            return new Target(parts[0], parts.length == 2 ? Optional.of(parts[1]) : Optional.empty());
        }
    }

    @PUT
    @Path("config")
    public Uni<Response> put(@Context HttpServerRequest request, byte[] body) {
        return door.answer(request, call -> put(call, body));
    }

    @GET
    @Path("config/{target:.*}")
    public Uni<Response> get(@Context HttpServerRequest request) {
        return door.answer(request, this::get);
    }

    @DELETE
    @Path("config/{target:.*}")
    public Uni<Response> delete(@Context HttpServerRequest request) {
        return door.answer(request, this::delete);
    }

    private Uni<Answer> put(Call call, byte[] body) {
        ConfigEntryBody read = ConfigEntryBody.read(body);
        refuseOtherDatacenters(call, read.entry());
        PartitionName partition = read.partition().isEmpty()
                ? reads.partition(call)
                : reads.existing(PartitionName.parse(read.partition()).orThrow());
        return entries.put(call.caller(), partition, read.entry(), cas(call)).map(Answer::of);
    }

    private void refuseOtherDatacenters(Call call, ConfigEntry entry) {
        String datacenter = call.query().first("dc");
        boolean isElsewhere = !datacenter.isEmpty() && !datacenter.equalsIgnoreCase(profile.datacenter());
        if (isElsewhere && entry.kind().equals(ExportedServicesEntry.KIND)) {
            throw Call.refused(Refusal.invalid("exported-services writes must not target secondary datacenters."));
        }
        reads.requireOwnDatacenter(datacenter);
    }

    private Uni<Answer> get(Call call) {
        Target target = Target.of(call);
        if (target.kind().isEmpty()) {
            return everything(call);
        }
        ConfigKind kind = ConfigKind.of(target.kind())
                .orElseThrow(() -> Call.refused(Refusal.invalid("invalid config entry kind: " + target.kind())));
        return target.name().map(name -> one(call, kind, name)).orElseGet(() -> all(call, kind));
    }

    /** No kind stands for all of them, one after the other. */
    private Uni<Answer> everything(Call call) {
        PartitionName partition = reads.partition(call);
        Question<List<Indexed<ConfigEntry>>> question = new Question<>(
                Permission.read(Permission.Area.SERVICE, ""),
                KINDS.stream().map(Topic::configKind).collect(Collectors.toUnmodifiableSet()),
                ConfigResource::allKinds);
        return reads.json(call, Meta.BASIC, question, found -> ConfigEntryJson.list(partition, found));
    }

    private static Found<List<Indexed<ConfigEntry>>> allKinds(PartitionView view) {
        List<Found<List<Indexed<ConfigEntry>>>> found =
                KINDS.stream().map(view::configEntries).toList();
        long index = found.stream().mapToLong(Found::index).max().orElse(1);
        return new Found<>(
                index, found.stream().flatMap(each -> each.value().stream()).toList());
    }

    private Uni<Answer> one(Call call, ConfigKind kind, String name) {
        PartitionName partition = reads.partition(call);
        Question<Optional<Indexed<ConfigEntry>>> question = new Question<>(
                ConfigPermissions.toRead(kind, name),
                Set.of(Topic.configEntry(Keys.configEntry(kind.text(), name))),
                view -> view.configEntry(kind.text(), name));
        Answer notFound = Answer.text(404, "Config entry not found for \"" + kind.text() + "\" / \"" + name + "\"");
        return reads.answer(
                call,
                Meta.BASIC,
                question,
                found -> found.map(entry -> Answer.json(ConfigEntryJson.one(partition, entry)))
                        .orElse(notFound));
    }

    private Uni<Answer> all(Call call, ConfigKind kind) {
        PartitionName partition = reads.partition(call);
        Question<List<Indexed<ConfigEntry>>> question = new Question<>(
                ConfigPermissions.toRead(kind, ""),
                Set.of(Topic.configKind(kind.text())),
                view -> view.configEntries(kind.text()));
        return reads.json(call, Meta.BASIC, question, found -> ConfigEntryJson.list(partition, found));
    }

    private Uni<Answer> delete(Call call) {
        Target target = Target.of(call);
        String name = target.name()
                .orElseThrow(() -> Call.refused(Refusal.notFound("Must provide both a kind and name to delete")));
        ConfigKind kind = ConfigKind.of(target.kind())
                .orElseThrow(() -> Call.refused(Refusal.badRequest("invalid config entry kind: " + target.kind())));
        OptionalLong cas = cas(call);
        return entries.delete(call.caller(), reads.partition(call), kind, name, cas)
                .map(deleted -> cas.isPresent() ? Answer.of(deleted) : EMPTY_OBJECT);
    }

    private static OptionalLong cas(Call call) {
        String cas = call.query().first("cas");
        if (cas.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseUnsignedLong(cas));
        } catch (NumberFormatException e) {
            String why = cas.matches("[0-9]+") ? "value out of range" : "invalid syntax";
            throw Call.refused(Refusal.invalid("strconv.ParseUint: parsing \"" + cas + "\": " + why));
        }
    }
}
