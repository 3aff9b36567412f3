package dev.entente.rest;

import dev.entente.rest.http.Call;
import dev.entente.rest.http.Reads.Question;
import dev.entente.rest.json.AgentProfile;
import dev.entente.rest.json.MemberJson.Member;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The order that {@code near} asks for (protocol chapter 6.1.3). Only replicas have a place in the network, and nobody measures how far
 * they are from each other: a replica is nearest to itself, then come the others, then all nodes without a place. From one of those
 * nothing can be told, and the order stays, as with a Consul server that has no coordinate of the node.
 */
@Singleton
final class Nearness {
    private static final String THIS_AGENT = "_agent";

    private final Members members;
    private final AgentProfile profile;

    Nearness(Members members, AgentProfile profile) {
        this.members = members;
        this.profile = profile;
    }

    /** The question as it is, or with its answer in the order that was asked for. The nodes of a peer have no place here. */
    <T> Question<List<T>> sorted(Call call, Question<List<T>> question, Function<? super T, String> node) {
        String near = call.query().first("near");
        if (near.isEmpty() || call.peer() != null) {
            return question;
        }
        String from = near.equals(THIS_AGENT) ? profile.nodeName() : near;
        return new Question<>(
                question.permission(),
                question.topics(),
                view -> question.read().apply(view).map(items -> sorted(items, node, from)));
    }

    private <T> List<T> sorted(List<T> items, Function<? super T, String> node, String from) {
        Set<String> placed = members.all().stream().map(Member::name).collect(Collectors.toSet());
        if (!placed.contains(from)) {
            return items;
        }
        Comparator<T> farther = Comparator.comparingInt(item -> {
            String name = node.apply(item);
            return name.equals(from) ? 0 : placed.contains(name) ? 1 : 2;
        });
        return items.stream().sorted(farther).toList();
    }
}
