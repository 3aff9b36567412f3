package dev.entente.rest;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.intention.IntentionId;
import dev.entente.engine.access.Permission;
import dev.entente.engine.config.IntentionAnswers;
import dev.entente.engine.config.IntentionCommands;
import dev.entente.rest.body.IntentionBody;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Reads;
import dev.entente.rest.json.IntentionJson;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** The changes of intentions: by names, and by the ids of the deprecated endpoints (protocol chapter 6.7). */
@Singleton
final class IntentionWrites {
    private final Reads reads;
    private final IntentionCommands commands;

    IntentionWrites(Reads reads, IntentionCommands commands) {
        this.reads = reads;
        this.commands = commands;
    }

    Uni<Answer> put(Call call, byte[] body) {
        IntentionName source = IntentionName.toWrite(call, "source");
        IntentionName destination = IntentionName.toWrite(call, "destination");
        IntentionBody wanted = IntentionBody.read(body);
        requireMesh(wanted);
        requireHere(call);
        return commands.put(
                        call.caller(),
                        reads.partition(call),
                        destination.service(),
                        wanted.between(source.service()),
                        wanted.source().legacyMeta())
                .replaceWith(Answer.TRUE);
    }

    Uni<Answer> delete(Call call) {
        IntentionName source = IntentionName.toWrite(call, "source");
        IntentionName destination = IntentionName.toWrite(call, "destination");
        reads.requireConnect();
        requireHere(call);
        source.requireNameAnd(destination, "Intention lookup failed: ");
        return commands.delete(call.caller(), reads.partition(call), destination.service(), source.service())
                .replaceWith(Answer.TRUE);
    }

    Uni<Answer> create(Call call, byte[] body) {
        requireDefaultPartition(call);
        IntentionBody wanted = IntentionBody.readNew(body).requireLegacyNames();
        requireMesh(wanted);
        requireHere(call);
        return commands.create(call.caller(), PartitionName.DEFAULT, wanted.destination(), wanted.source())
                .map(IntentionJson::id)
                .map(Answer::json);
    }

    Uni<Answer> update(Call call, byte[] body) {
        requireDefaultPartition(call);
        IntentionBody wanted = IntentionBody.read(body).requireLegacyNames();
        requireMesh(wanted);
        requireHere(call);
        String id = call.argument();
        return commands.update(call.caller(), PartitionName.DEFAULT, wanted.destination(), wanted.underId(id))
                .replaceWith(() -> Answer.json(IntentionJson.id(id)));
    }

    Uni<Answer> deleteById(Call call) {
        requireDefaultPartition(call);
        reads.requireConnect();
        requireHere(call);
        return commands.deleteById(call.caller(), PartitionName.DEFAULT, call.argument())
                .replaceWith(Answer.TRUE);
    }

    Uni<Answer> byId(Call call) {
        requireDefaultPartition(call);
        reads.requireConnect();
        requireHere(call);
        String id = call.argument();
        if (!id.isEmpty()) {
            IntentionId.fault(id).ifPresent(fault -> {
                throw Call.refused(Refusal.badRequest(fault));
            });
        }
        return reads.now(
                call,
                Permission.read(Permission.Area.INTENTION, ""),
                view -> IntentionAnswers.all(view)
                        .value()
                        .byId(id)
                        .map(IntentionJson::one)
                        .map(Answer::json)
                        .orElse(Answer.text(404, "Intention not found")));
    }

    private void requireMesh(IntentionBody wanted) {
        reads.requireConnect();
        wanted.requireNoPeer();
    }

    private void requireHere(Call call) {
        reads.requireOwnDatacenter(call.query().first("dc"));
    }

    private static void requireDefaultPartition(Call call) {
        if (!call.partition().isDefault()) {
            throw Call.refused(Refusal.badRequest("Cannot use a partition with this endpoint"));
        }
    }
}
