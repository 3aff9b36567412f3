package dev.entente.rest;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.chain.CentralConfig;
import dev.entente.domain.config.ProxyDefaultsEntry;
import dev.entente.domain.config.ServiceDefaultsEntry;
import dev.entente.engine.config.ViewEntries;
import dev.entente.engine.view.Found;
import dev.entente.engine.view.NodeContents;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.Topic;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Reads.Question;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Reads that put what entries say of a proxy under what it says itself, when they are asked to (protocol chapter 6.1.4). */
final class CentralSettings {
    /** What can change it, beside the instance. */
    static final Set<Topic> TOPICS =
            Set.of(Topic.configKind(ServiceDefaultsEntry.KIND), Topic.configKind(ProxyDefaultsEntry.KIND));

    private CentralSettings() {}

    static boolean areAskedFor(Call call) {
        return call.query().has("merge-central-config");
    }

    /** The question as it is, or with entries put under the instances of the answer. */
    static Question<List<Instance>> ofInstances(Call call, Question<List<Instance>> question) {
        return under(
                call,
                question,
                (central, instances) -> instances.stream()
                        .map(instance ->
                                new Instance(instance.node(), merged(central, instance.service()), instance.checks()))
                        .toList());
    }

    /** The same for everything on a node. */
    static Question<Optional<NodeContents>> ofNode(Call call, Question<Optional<NodeContents>> question) {
        return under(
                call,
                question,
                (central, contents) -> contents.map(found -> new NodeContents(
                        found.node(),
                        found.services().stream()
                                .map(service -> merged(central, service))
                                .toList(),
                        found.checks())));
    }

    private static Indexed<Service> merged(CentralConfig central, Indexed<Service> held) {
        return new Indexed<>(central.merged(held.value()), held.createIndex(), held.modifyIndex());
    }

    private static <T> Question<T> under(Call call, Question<T> question, BiFunction<CentralConfig, T, T> merge) {
        if (!areAskedFor(call)) {
            return question;
        }
        Set<Topic> topics = new HashSet<>(question.topics());
        topics.addAll(TOPICS);
        return new Question<>(question.permission(), topics, view -> merged(view, question, merge));
    }

    private static <T> Found<T> merged(
            PartitionView view, Question<T> question, BiFunction<CentralConfig, T, T> merge) {
        Found<T> found = question.read().apply(view);
        long index = TOPICS.stream()
                .mapToLong(topic -> view.configEntries(topic.name()).index())
                .reduce(found.index(), Math::max);
        return new Found<>(index, merge.apply(new CentralConfig(new ViewEntries(view)), found.value()));
    }
}
