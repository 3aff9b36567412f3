package dev.entente.domain.chain;

import dev.entente.domain.config.LoadBalancer;
import dev.entente.domain.config.ServiceRouterEntry;
import dev.entente.domain.config.ServiceSplitterEntry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One step of a chain; what follows it is named by its key. */
public sealed interface ChainNode {

    /** The word for the kind of step. */
    String type();

    String name();

    /** The name under which other steps know this one. */
    default String key() {
        return type() + ":" + name();
    }

    /** The keys of the steps that can follow. */
    Stream<String> following();

    /** Tells requests apart. */
    record Router(String name, List<Route> routes) implements ChainNode {
        public Router {
            routes = List.copyOf(routes);
        }

        @Override
        public String type() {
            return "router";
        }

        @Override
        public Stream<String> following() {
            return routes.stream().map(Route::next);
        }
    }

    /** Where requests go that fit. */
    record Route(ServiceRouterEntry.Route definition, String next) {}

    /** Shares requests out. */
    record Splitter(
            String name, List<Split> splits, @Nullable LoadBalancer loadBalancer) implements ChainNode {
        public Splitter {
            splits = List.copyOf(splits);
        }

        @Override
        public String type() {
            return "splitter";
        }

        @Override
        public Stream<String> following() {
            return splits.stream().map(Split::next);
        }
    }

    /** One share. */
    record Split(ServiceSplitterEntry.Split definition, float weight, String next) {}

    /**
     * Ends at a target.
     *
     * @param failover ids of the targets that stand in for it
     */
    record Resolver(
            String name,
            boolean isDefault,
            Duration connectTimeout,
            List<String> failover,
            @Nullable LoadBalancer loadBalancer)
            implements ChainNode {
        public Resolver {
            failover = List.copyOf(failover);
        }

        @Override
        public String type() {
            return "resolver";
        }

        /** The id of the target is the name of the step. */
        public String target() {
            return name;
        }

        @Override
        public Stream<String> following() {
            return Stream.empty();
        }
    }
}
