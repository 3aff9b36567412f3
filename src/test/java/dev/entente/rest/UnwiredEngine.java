package dev.entente.rest;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.access.AllowAll;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.agent.AgentCommands;
import dev.entente.engine.catalog.CatalogCommands;
import dev.entente.engine.config.ConfigEntries;
import dev.entente.engine.config.Partitions;
import dev.entente.engine.peering.Peerings;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.View;
import dev.entente.rest.json.AgentProfile;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;

/** Stands for the engine in tests of single rooms, which start the application without it; whoever calls it is told so. */
final class UnwiredEngine {

    @Produces
    @Singleton
    @DefaultBean
    View view() {
        View none = absent(View.class);
        PartitionView empty = absent(PartitionView.class);
        Object view = Proxy.newProxyInstance(
                View.class.getClassLoader(),
                new Class<?>[] {View.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "partition" ->
                        Optional.of(empty).filter(ignored -> PartitionName.DEFAULT.equals(arguments[0]));
                    case "isCurrent" -> true;
                    default -> method.invoke(none, arguments);
                });
        return (View) view;
    }

    @Produces
    @Singleton
    @DefaultBean
    Peerings peerings() {
        return absent(Peerings.class);
    }

    @Produces
    @Singleton
    @DefaultBean
    CatalogCommands catalog() {
        return absent(CatalogCommands.class);
    }

    @Produces
    @Singleton
    @DefaultBean
    AgentCommands agent() {
        return absent(AgentCommands.class);
    }

    @Produces
    @Singleton
    @DefaultBean
    ConfigEntries configEntries() {
        return absent(ConfigEntries.class);
    }

    @Produces
    @Singleton
    @DefaultBean
    Partitions partitions() {
        return absent(Partitions.class);
    }

    @Produces
    @Singleton
    @DefaultBean
    Authorizer authorizer() {
        return new AllowAll();
    }

    @Produces
    @Singleton
    @DefaultBean
    AgentProfile profile() {
        return new AgentProfile(
                "dc1",
                "srv1",
                "ae5f48cb-5fd0-51b6-6cec-7453e7c0165a",
                "127.0.0.1",
                "1.14.0",
                "1970-01-01T00:00:01Z",
                Map.of(),
                new AgentProfile.Ports(8500, 8502, 8503),
                true,
                true,
                true,
                false);
    }

    private static <T> T absent(Class<T> type) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.getName().equals("hashCode")
                                ? 1
                                : method.getName().equals("equals") ? (Object) false : type.getName();
                    }
                    throw new UnsupportedOperationException("this test runs without " + type.getSimpleName());
                });
        return type.cast(proxy);
    }
}
