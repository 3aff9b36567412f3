package dev.entente.domain.chain;

import dev.entente.domain.config.IngressGatewayEntry;
import dev.entente.domain.config.ServiceResolverEntry;
import dev.entente.domain.config.ServiceResolverEntry.Failover;
import dev.entente.domain.config.ServiceResolverEntry.Place;
import dev.entente.domain.config.ServiceRouterEntry;
import dev.entente.domain.config.ServiceSplitterEntry;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which services an entry speaks of; those of peers are not ours to know. */
final class References {
    private References() {}

    static Set<String> of(ServiceRouterEntry router) {
        Stream<String> named = router.routes().stream()
                .map(ServiceRouterEntry.Route::destination)
                .filter(Objects::nonNull)
                .map(destination -> or(destination.service(), router.name()));
        return Stream.concat(Stream.of(router.name()), named).collect(Collectors.toSet());
    }

    static Set<String> of(ServiceSplitterEntry splitter) {
        return splitter.splits().stream()
                .map(split -> or(split.service(), splitter.name()))
                .collect(Collectors.toSet());
    }

    static Set<String> of(ServiceResolverEntry resolver) {
        Place redirect = resolver.redirect();
        Stream<Place> redirected = redirect == null ? Stream.empty() : Stream.of(redirect);
        Stream<Place> standIns = resolver.failover().values().stream().flatMap(References::places);
        return Stream.concat(redirected, standIns)
                .filter(place -> place.peer().isEmpty())
                .map(place -> or(place.service(), resolver.name()))
                .collect(Collectors.toSet());
    }

    private static Stream<Place> places(Failover failover) {
        return failover.targets().isEmpty()
                ? Stream.of(new Place(failover.service(), "", "", "", "", ""))
                : failover.targets().stream();
    }

    static Set<String> of(IngressGatewayEntry ingress) {
        return ingress.listeners().stream()
                .flatMap(listener -> listener.services().stream())
                .map(IngressGatewayEntry.ExposedService::name)
                .filter(name -> !name.equals("*"))
                .collect(Collectors.toSet());
    }

    private static String or(String text, String other) {
        return text.isEmpty() ? other : text;
    }
}
