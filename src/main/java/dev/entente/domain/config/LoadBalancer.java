package dev.entente.domain.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How one of several instances is picked. */
public record LoadBalancer(
        String policy,
        @Nullable RingHash ringHash,
        @Nullable LeastRequest leastRequest,
        List<HashPolicy> hashPolicies) {
    private static final Set<String> HASH_BASED = Set.of("maglev", "ring_hash");

    public LoadBalancer {
        hashPolicies = List.copyOf(hashPolicies);
    }

    /** Whether something of the request decides. */
    public boolean isHashBased() {
        return HASH_BASED.contains(policy);
    }

    /** The size of the ring. */
    public record RingHash(long minimumRingSize, long maximumRingSize) {}

    /** How many instances are looked at. */
    public record LeastRequest(long choiceCount) {}

    /** What of a request decides. */
    public record HashPolicy(
            String field, String fieldValue, @Nullable Cookie cookie, boolean sourceIp, boolean terminal) {}

    /** A cookie that is made when there is none. */
    public record Cookie(boolean session, Duration ttl, String path) {}
}
