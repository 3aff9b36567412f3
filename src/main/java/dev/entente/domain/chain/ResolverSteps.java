package dev.entente.domain.chain;

import dev.entente.domain.config.ServiceDefaultsEntry;
import dev.entente.domain.config.ServiceResolverEntry;
import dev.entente.domain.config.ServiceResolverEntry.Failover;
import dev.entente.domain.config.ServiceResolverEntry.Place;
import dev.entente.domain.config.ServiceResolverEntry.Subset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the resolving steps of a chain: follows redirects, picks subsets, and names what stands in. */
final class ResolverSteps {
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);

    private final ChainDraft draft;

    ResolverSteps(ChainDraft draft) {
        this.draft = draft;
    }

    /** The step that a target ends at; made once for each target. */
    ChainNode.Resolver resolve(ChainTarget asked) {
        Followed followed = follow(asked);
        Optional<ChainNode.Resolver> known = draft.resolver(followed.target().id());
        if (known.isPresent()) {
            return known.get();
        }
        ChainNode.Resolver step = step(followed, List.of());
        draft.record(step);
        List<String> failover = failover(followed);
        if (failover.isEmpty()) {
            return step;
        }
        ChainNode.Resolver withFailover = step(followed, failover);
        draft.record(withFailover);
        return withFailover;
    }

    /** Where the redirects and the default subset lead, and whose resolver it is that decides there. */
    private record Followed(ChainTarget target, ServiceResolverEntry resolver) {}

    private Followed follow(ChainTarget asked) {
        List<String> passed = new ArrayList<>();
        ChainTarget target = asked;
        while (true) {
            ServiceResolverEntry resolver = draft.resolverEntry(target.service());
            if (draft.resolver(target.id()).isPresent()) {
                return new Followed(target, resolver);
            }
            draft.speak(target.service());
            boolean isCircle = passed.contains(target.id());
            passed.add(target.id());
            if (isCircle) {
                throw new BrokenChainException(
                        "detected circular resolver redirect: [" + String.join(" -> ", passed) + "]");
            }
            if (passed.size() > ChainBounds.DEEPEST) {
                throw ChainBounds.tooManyRedirects(draft.question().service());
            }
            ChainTarget next = next(target, resolver);
            if (next.id().equals(target.id())) {
                return new Followed(target, resolver);
            }
            target = next;
        }
    }

    private ChainTarget next(ChainTarget target, ServiceResolverEntry resolver) {
        Place redirect = resolver.redirect();
        if (redirect != null) {
            ChainTarget redirected = draft.targets().moved(target, redirect);
            if (!redirected.id().equals(target.id())) {
                return redirected;
            }
        }
        boolean takesDefault = target.place().serviceSubset().isEmpty()
                && !resolver.defaultSubset().isEmpty();
        return takesDefault
                ? draft.targets().moved(target, new Place("", resolver.defaultSubset(), "", "", "", ""))
                : target;
    }

    private ChainNode.Resolver step(Followed followed, List<String> failover) {
        ServiceResolverEntry resolver = followed.resolver();
        ChainTarget target = complete(followed);
        draft.targets().keep(target);
        return new ChainNode.Resolver(
                target.id(), resolver.isDefault(), target.connectTimeout(), failover, resolver.loadBalancer());
    }

    private ChainTarget complete(Followed followed) {
        ServiceResolverEntry resolver = followed.resolver();
        ChainTarget target = followed.target();
        String subset = target.place().serviceSubset();
        if (!subset.isEmpty() && !resolver.subsets().containsKey(subset)) {
            throw new BrokenChainException(
                    "service \"" + target.service() + "\" does not have a subset named \"" + subset + "\"");
        }
        Duration own = resolver.connectTimeout().isZero() ? USUAL_TIMEOUT : resolver.connectTimeout();
        Optional<ServiceDefaultsEntry> defaults = draft.entries().serviceDefaults(target.service());
        String externalSni = defaults.map(ServiceDefaultsEntry::externalSni).orElse("");
        boolean isExternal = !externalSni.isEmpty();
        if (isExternal) {
            refuseOfExternal(target.service(), resolver);
        }
        return new ChainTarget(
                target.place(),
                isExternal ? "" : draft.overridden().meshGatewayMode(meshGatewayMode(defaults)),
                resolver.subsets().getOrDefault(subset, Subset.ALL),
                draft.overridden().connectTimeout(own),
                isExternal,
                isExternal ? externalSni : target.sni(),
                target.name());
    }

    private String meshGatewayMode(Optional<ServiceDefaultsEntry> defaults) {
        return defaults.map(ServiceDefaultsEntry::meshGatewayMode)
                .filter(mode -> !mode.isEmpty())
                .or(() -> draft.entries().proxyDefaults().map(entry -> entry.meshGatewayMode()))
                .orElse("");
    }

    private static void refuseOfExternal(String service, ServiceResolverEntry resolver) {
        String what = "";
        if (resolver.redirect() != null) {
            what = "redirects";
        } else if (!resolver.subsets().isEmpty()) {
            what = "subsets";
        } else if (!resolver.failover().isEmpty()) {
            what = "failover";
        }
        if (!what.isEmpty()) {
            throw new BrokenChainException("service \"" + service + "\" has an external SNI set; cannot define " + what
                    + " for external services");
        }
    }

    /** The targets that stand in. What stands in for one of them does not: failover is one step deep. */
    private List<String> failover(Followed followed) {
        ChainTarget target = followed.target();
        Map<String, Failover> all = followed.resolver().failover();
        Failover failover = all.getOrDefault(target.place().serviceSubset(), all.get(ServiceResolverEntry.ANY_SUBSET));
        if (failover == null) {
            return List.of();
        }
        List<String> ids = new ArrayList<>();
        for (Place place : places(failover)) {
            ChainTarget other = draft.targets().moved(target, place);
            if (!other.id().equals(target.id())) {
                ids.add(standIn(other));
            }
        }
        return ids;
    }

    private String standIn(ChainTarget asked) {
        Followed followed = follow(asked);
        return draft.resolver(followed.target().id())
                .map(ChainNode.Resolver::target)
                .orElseGet(() -> step(followed, List.of()).target());
    }

    private static List<Place> places(Failover failover) {
        if (!failover.datacenters().isEmpty()) {
            return failover.datacenters().stream()
                    .map(datacenter -> place(failover, datacenter))
                    .toList();
        }
        return failover.targets().isEmpty() ? List.of(place(failover, "")) : failover.targets();
    }

    private static Place place(Failover failover, String datacenter) {
        return new Place(failover.service(), failover.serviceSubset(), failover.namespace(), "", datacenter, "");
    }
}
