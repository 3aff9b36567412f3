package dev.entente.engine.config;

import dev.entente.domain.catalog.ServiceSummary;
import dev.entente.domain.intention.CallDecision;
import java.util.List;

/**
 * Who a service of the mesh calls, and who calls it (protocol chapter 6.10).
 *
 * @param transparentProxy whether all its proxies are transparent
 */
public record ServiceTopology(
        String protocol, boolean transparentProxy, List<Neighbour> upstreams, List<Neighbour> downstreams) {
    public ServiceTopology {
        upstreams = List.copyOf(upstreams);
        downstreams = List.copyOf(downstreams);
    }

    /** A service at the other end, how it came to be one, and whether calls are allowed. */
    public record Neighbour(ServiceSummary service, Source source, CallDecision decision) {}

    /** Why a service is taken for a neighbour. */
    public enum Source {
        /** A proxy names it. */
        REGISTRATION("proxy-registration"),
        DEFAULT_ALLOW("default-allow"),
        WILDCARD_INTENTION("wildcard-intention"),
        SPECIFIC_INTENTION("specific-intention"),
        /** It has no instance, but config entries say where calls to it go. */
        ROUTING("routing-config");

        private final String text;

        Source(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        static Source of(CallDecision decision) {
            if (decision.hasExact()) {
                return SPECIFIC_INTENTION;
            }
            return decision.defaultAllow() ? DEFAULT_ALLOW : WILDCARD_INTENTION;
        }
    }
}
