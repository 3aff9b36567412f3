package dev.entente.rest;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Node;
import dev.entente.engine.view.View;
import dev.entente.rest.json.AgentProfile;
import dev.entente.rest.json.MemberJson.Member;
import jakarta.inject.Singleton;
import java.util.List;

/** The replicas of this cluster, as the catalog has them: the nodes that carry the service {@code consul}. */
@Singleton
final class Members {
    /** The service that every replica registers for itself. */
    static final String SERVER_SERVICE = "consul";

    private final View view;
    private final AgentProfile profile;

    Members(View view, AgentProfile profile) {
        this.view = view;
        this.profile = profile;
    }

    /** This replica. */
    Member self() {
        return new Member(
                profile.nodeName(),
                profile.nodeId(),
                profile.address(),
                profile.ports().gossip().server(),
                true);
    }

    /** All replicas by name, this one always among them. */
    List<Member> all() {
        List<Member> members = view.defaultPartition().service(null, SERVER_SERVICE).value().instances().stream()
                .map(this::member)
                .toList();
        return members.isEmpty() ? List.of(self()) : members;
    }

    private Member member(Instance instance) {
        Node node = instance.node().value();
        boolean isSelf = node.name().equals(profile.nodeName());
        boolean alive = instance.checks().stream()
                .filter(check -> check.value().id().equals(Check.SERF_HEALTH))
                .allMatch(check -> check.value().isPassing());
        return new Member(
                node.name(),
                node.id(),
                node.address(),
                instance.service().value().port(),
                isSelf || alive);
    }
}
