package dev.entente.engine.config;

import dev.entente.domain.identity.PartitionName;
import java.util.Set;

/** What services speak, as config entries declare it. */
@FunctionalInterface
public interface ServiceProtocols {
    /** What every service speaks while nothing declares otherwise. */
    ServiceProtocols TCP = (partition, service) -> "tcp";

    /** For example {@code tcp} or {@code http}. */
    String of(PartitionName partition, String service);

    /** Whether the requests of a service can be told apart. */
    default boolean showRequests(PartitionName partition, String service) {
        return Set.of("http", "http2", "grpc").contains(of(partition, service));
    }
}
