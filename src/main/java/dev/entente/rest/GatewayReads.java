package dev.entente.rest;

import dev.entente.domain.catalog.Instance;
import dev.entente.domain.config.IngressGatewayEntry;
import dev.entente.domain.config.TerminatingGatewayEntry;
import dev.entente.domain.identity.PeerName;
import dev.entente.engine.access.Permission;
import dev.entente.engine.config.GatewayAnswers;
import dev.entente.engine.view.Found;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.View;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Reads.Question;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Questions about the ways to a service: its endpoints in the mesh, and the gateways that lead to it. */
@Singleton
final class GatewayReads {
    private final View view;

    GatewayReads(View view) {
        this.view = view;
    }

    /** Proxies and native instances, and behind them the gateways out of the mesh that lead to it; a peer's have none. */
    Question<List<Instance>> connect(Call call, String service) {
        PeerName peer = call.peer();
        Set<Topic> topics = new HashSet<>(Set.of(Topic.connect(peer, service)));
        if (peer != null) {
            return new Question<>(toRead(service), topics, held -> held.connect(peer, service));
        }
        topics.addAll(topics(call, TerminatingGatewayEntry.KIND, service));
        return new Question<>(toRead(service), topics, held -> {
            Found<List<Instance>> found = held.connect(null, service);
            Found<List<Instance>> gateways = GatewayAnswers.leadingTo(held, TerminatingGatewayEntry.KIND, service);
            List<Instance> all = new ArrayList<>(found.value());
            all.addAll(gateways.value());
            return new Found<>(Math.max(found.index(), gateways.index()), all);
        });
    }

    /** The gateways into the mesh that lead to a service; none of a peer's are known. */
    Question<List<Instance>> ingress(Call call, String service) {
        PeerName peer = call.peer();
        if (peer != null) {
            return new Question<>(
                    toRead(service),
                    Set.of(Topic.connect(peer, service)),
                    held -> held.connect(peer, service).map(instances -> List.of()));
        }
        return new Question<>(
                toRead(service),
                topics(call, IngressGatewayEntry.KIND, service),
                held -> GatewayAnswers.leadingTo(held, IngressGatewayEntry.KIND, service));
    }

    private Set<Topic> topics(Call call, String kind, String service) {
        return view.partition(call.partition())
                .map(held -> GatewayAnswers.topics(held, kind, service))
                .orElseGet(Set::of);
    }

    private static Permission toRead(String service) {
        return Permission.read(Permission.Area.SERVICE, service);
    }
}
