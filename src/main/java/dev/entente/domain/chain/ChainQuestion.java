package dev.entente.domain.chain;

import java.time.Duration;

/**
 * Which chain is asked for.
 *
 * @param datacenter in which the caller is
 */
public record ChainQuestion(
        String service, String partition, String datacenter, String trustDomain, Overrides overrides) {
    /** The one namespace that there is. */
    static final String NAMESPACE = "default";

    /** What holds instead of what entries say; empty or zero where nothing does. */
    public record Overrides(String meshGatewayMode, String protocol, Duration connectTimeout) {
        public static final Overrides NONE = new Overrides("", "", Duration.ZERO);
    }

    /** The chain of a service as it is. */
    public static ChainQuestion of(String service, String partition, String datacenter, String trustDomain) {
        return new ChainQuestion(service, partition, datacenter, trustDomain, Overrides.NONE);
    }

    /** Whether routers and splitters are left out, because the protocol that is asked for cannot be routed. */
    boolean leavesOutRouting() {
        return !overrides.protocol().isEmpty() && !Protocols.isHttpLike(overrides.protocol());
    }
}
