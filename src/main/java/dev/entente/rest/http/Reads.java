package dev.entente.rest.http;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.access.Permission;
import dev.entente.engine.view.Found;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.View;
import dev.entente.rest.json.AgentProfile;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads of the view with everything that goes with them: parameters, permission, waiting, and the answer's meta headers. */
@Singleton
public final class Reads {
    private final View view;
    private final Authorizer authorizer;
    private final AgentProfile profile;
    private final LargeAnswers large;

    public Reads(View view, Authorizer authorizer, AgentProfile profile, LargeAnswers large) {
        this.large = large;
        this.view = view;
        this.authorizer = authorizer;
        this.profile = profile;
    }

    /**
     * What to read.
     *
     * @param topics what to wait on when the client knows the present answer
     * @param read gives the answer at one moment
     */
    public record Question<T>(Permission permission, Set<Topic> topics, Function<PartitionView, Found<T>> read) {}

    /** Which headers go with the answer beside the index. */
    public enum Meta {
        /** Index, leader and backend. */
        BASIC,
        /** The consistency that was applied as well: health, catalog, intention match. */
        WITH_CONSISTENCY,
        /** As before, from the streaming backend when the client waits or would take a cached answer. */
        STREAMING
    }

    /** Reads, maybe waiting, and answers with JSON and the meta headers. */
    public <T> Uni<Answer> json(Call call, Meta meta, Question<T> question, Function<T, byte[]> encode) {
        return answer(call, meta, question, value -> Answer.json(encode.apply(value)));
    }

    /** Reads, maybe waiting, and answers with the meta headers. */
    public <T> Uni<Answer> answer(Call call, Meta meta, Question<T> question, Function<T, Answer> answer) {
        return answer(call, partition(call), meta, question, answer);
    }

    /** Reads what the cluster has once, whichever partition asks. */
    public <T> Uni<Answer> ofCluster(Call call, Question<T> question, Function<T, Answer> answer) {
        return answer(call, PartitionName.DEFAULT, Meta.BASIC, question, answer);
    }

    private <T> Uni<Answer> answer(
            Call call, PartitionName partition, Meta meta, Question<T> question, Function<T, Answer> answer) {
        ReadOptions options = ReadOptions.of(call);
        requireOwnDatacenter(call.query().first("dc"));
        return authorizer
                .require(call.caller(), partition, question.permission())
                .chain(() -> view.read(partition, options.waiting(), question.topics(), question.read()))
                .chain(found -> large.encoded(call, found, answer)
                        .map(encoded -> encoded.with(headers(options, meta, found.index()))));
    }

    /** Asks whether the caller may, then reads the view as it is now. */
    public <T> Uni<T> now(Call call, Permission permission, Function<PartitionView, T> read) {
        PartitionName partition = partition(call);
        return authorizer.require(call.caller(), partition, permission).map(ignored -> read.apply(at(partition)));
    }

    /** The partition of the request; refused when there is none of this name. */
    public PartitionName partition(Call call) {
        return existing(call.partition());
    }

    /** The partition that the body names, or else the request; refused when they name different ones, or one that is not there. */
    public PartitionName partition(Call call, String inBody) {
        if (inBody.isEmpty()) {
            return partition(call);
        }
        if (!call.partitionText().isEmpty() && !call.partitionText().equalsIgnoreCase(inBody)) {
            throw Call.refused(Refusal.badRequest("The body names partition \"" + inBody + "\" and the request names \""
                    + call.partitionText() + "\""));
        }
        return existing(PartitionName.parse(inBody).orThrow());
    }

    /** The partition, if it exists. */
    public PartitionName existing(PartitionName partition) {
        at(partition);
        return partition;
    }

    private PartitionView at(PartitionName partition) {
        return view.partition(partition)
                .orElseThrow(() -> Call.refused(
                        Refusal.badRequest("Invalid partition: there is no partition \"" + partition + "\"")));
    }

    /** Refuses what names another datacenter: none is reached from here. */
    public void requireOwnDatacenter(String datacenter) {
        Datacenters.requireOwn(datacenter, profile);
    }

    /** Refuses what belongs to the mesh when there is none (protocol chapter 6.7). */
    public void requireConnect() {
        if (!profile.connectEnabled()) {
            throw Call.refused(Refusal.invalid("Connect must be enabled in order to use this endpoint"));
        }
    }

    private Map<String, String> headers(ReadOptions options, Meta meta, long index) {
        boolean streaming = meta == Meta.STREAMING && (options.waiting().index() > 0 || options.cached());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(Headers.INDEX, String.valueOf(Math.max(1, index)));
        headers.put(Headers.KNOWN_LEADER, String.valueOf(!streaming && view.isCurrent()));
        headers.put(Headers.LAST_CONTACT, "0");
        headers.put(Headers.BACKEND, streaming ? "streaming" : "blocking-query");
        if (meta != Meta.BASIC) {
            headers.put(Headers.CONSISTENCY, options.consistency().header());
        }
        if (options.cached() && meta != Meta.BASIC) {
            headers.put(Headers.CACHE, "HIT");
            headers.put(Headers.AGE, "0");
        }
        return headers;
    }
}
