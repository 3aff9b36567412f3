package dev.entente.domain.chain;

import dev.entente.domain.config.LoadBalancer;
import dev.entente.domain.config.ServiceRouterEntry;
import dev.entente.domain.config.ServiceRouterEntry.Destination;
import dev.entente.domain.config.ServiceSplitterEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the routing and splitting steps of a chain, and has the resolving ones made. */
final class RoutingSteps {
    private final ChainDraft draft;
    private final ResolverSteps resolvers;
    private final Set<String> splitting = new HashSet<>();
    private boolean routes;
    private int depth;

    RoutingSteps(ChainDraft draft) {
        this.draft = draft;
        resolvers = new ResolverSteps(draft);
    }

    /** Whether anything is routed or split. */
    boolean routes() {
        return routes;
    }

    /** Makes all steps; the result is the key of the first. */
    String begin() {
        String service = draft.question().service();
        Optional<ServiceRouterEntry> router = draft.entries().router(service);
        if (router.isPresent() && draft.question().leavesOutRouting()) {
            draft.overridden().leftOutRouting();
            router = Optional.empty();
        }
        return router.map(this::route).orElseGet(() -> splitOrResolve(service, "", ""));
    }

    private String route(ServiceRouterEntry router) {
        routes = true;
        draft.speak(router.name());
        List<ChainNode.Route> steps = new ArrayList<>();
        for (ServiceRouterEntry.Route route : router.routes()) {
            steps.add(new ChainNode.Route(route, next(router, route.destination())));
        }
        String partition = draft.question().partition();
        ServiceRouterEntry.HttpMatch all =
                new ServiceRouterEntry.HttpMatch("", "/", "", List.of(), List.of(), List.of());
        ServiceRouterEntry.Route rest = new ServiceRouterEntry.Route(
                new ServiceRouterEntry.Match(all), Destination.to(router.name(), ChainQuestion.NAMESPACE, partition));
        steps.add(new ChainNode.Route(rest, splitOrResolve(router.name(), "", "")));
        ChainNode.Router node = new ChainNode.Router(nameOf(router.name()), steps);
        draft.record(node);
        return node.key();
    }

    private String next(ServiceRouterEntry router, @Nullable Destination destination) {
        if (destination == null) {
            return splitOrResolve(router.name(), "", "");
        }
        String service = destination.service().isEmpty() ? router.name() : destination.service();
        return destination.serviceSubset().isEmpty()
                ? splitOrResolve(service, destination.namespace(), destination.partition())
                : resolve(service, destination.serviceSubset(), destination.namespace(), destination.partition())
                        .key();
    }

    private String splitOrResolve(String service, String namespace, String partition) {
        return split(service)
                .orElseGet(() -> resolve(service, "", namespace, partition).key());
    }

    private ChainNode.Resolver resolve(String service, String subset, String namespace, String partition) {
        return resolvers.resolve(draft.targets().of(service, subset, namespace, partition));
    }

    private String nameOf(String service) {
        return service + "." + ChainQuestion.NAMESPACE + "." + draft.question().partition();
    }

    private Optional<String> split(String service) {
        Optional<ServiceSplitterEntry> splitter = draft.entries().splitter(service);
        if (splitter.isPresent() && draft.question().leavesOutRouting()) {
            draft.overridden().leftOutRouting();
            return Optional.empty();
        }
        return splitter.map(entry -> {
            String key = "splitter:" + nameOf(service);
            // One that splits into itself is found when the whole is looked at.
            if (splitting.add(service)) {
                if (depth == ChainBounds.DEEPEST) {
                    throw ChainBounds.tooManySplitters(draft.question().service());
                }
                depth++;
                draft.record(splitter(entry));
                depth--;
            }
            return key;
        });
    }

    private ChainNode.Splitter splitter(ServiceSplitterEntry entry) {
        routes = true;
        List<ChainNode.Split> splits = new ArrayList<>();
        LoadBalancer balancer = null;
        for (ServiceSplitterEntry.Split split : entry.splits()) {
            String service = split.service().isEmpty() ? entry.name() : split.service();
            boolean canSplitAgain =
                    !service.equals(entry.name()) && split.serviceSubset().isEmpty();
            Optional<String> again = canSplitAgain ? split(service) : Optional.empty();
            if (again.isPresent()) {
                splits.add(new ChainNode.Split(split, split.weight(), again.get()));
                continue;
            }
            ChainNode.Resolver resolver = resolve(service, split.serviceSubset(), "", "");
            splits.add(new ChainNode.Split(split, split.weight(), resolver.key()));
            balancer = balancer == null ? hashBased(resolver) : balancer;
        }
        return new ChainNode.Splitter(nameOf(entry.name()), splits, balancer);
    }

    /** Only one can hash; the first that does is the one. */
    private static @Nullable LoadBalancer hashBased(ChainNode.Resolver resolver) {
        LoadBalancer balancer = resolver.loadBalancer();
        return balancer != null && balancer.isHashBased() ? balancer : null;
    }
}
