package dev.entente.domain.chain;

import dev.entente.domain.config.ServiceResolverEntry;
import dev.entente.domain.config.ServiceRouterEntry;
import dev.entente.domain.config.ServiceSplitterEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** All entries that have a say in the chain of a service. */
record ChainReach(
        Optional<ServiceRouterEntry> router,
        List<ServiceSplitterEntry> splitters,
        List<ServiceResolverEntry> resolvers) {

    static ChainReach of(String service, EntrySource entries) {
        Optional<ServiceRouterEntry> router = entries.router(service);
        Set<String> begin = router.map(References::of).orElseGet(() -> Set.of(service));
        Set<String> split = new HashSet<>();
        List<ServiceSplitterEntry> splitters = follow(begin, split, entries::splitter, References::of);
        List<ServiceResolverEntry> resolvers = follow(split, new HashSet<>(), entries::resolver, References::of);
        return new ChainReach(router, splitters, resolvers);
    }

    /** The entries of some names, and of the names that those speak of. */
    private static <T> List<T> follow(
            Collection<String> begin,
            Set<String> seen,
            Function<String, Optional<T>> find,
            Function<T, Set<String>> references) {
        List<T> found = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>(begin);
        while (!open.isEmpty()) {
            String name = open.pop();
            if (seen.add(name)) {
                find.apply(name).ifPresent(entry -> {
                    found.add(entry);
                    open.addAll(references.apply(entry));
                });
            }
        }
        return found;
    }
}
