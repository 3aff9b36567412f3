package dev.entente.domain.config;

import static dev.entente.domain.config.Faults.first;
import static dev.entente.domain.config.Faults.firstOf;
import static dev.entente.domain.config.Faults.when;

import dev.entente.domain.config.LoadBalancer.Cookie;
import dev.entente.domain.config.LoadBalancer.HashPolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a load balancer may be told. */
final class LoadBalancerRules {
    private static final Set<String> POLICIES =
            Set.of("", "random", "round_robin", "least_request", "ring_hash", "maglev");
    private static final String COOKIE = "cookie";
    private static final Set<String> FIELDS = Set.of("", "header", COOKIE, "query_parameter");

    private LoadBalancerRules() {}

    static Optional<String> fault(LoadBalancer balancer) {
        String policy = balancer.policy();
        return first(List.of(
                () -> when(!POLICIES.contains(policy), "Bad LoadBalancer policy: \"" + policy + "\" is not supported"),
                () -> when(
                        !policy.equals("ring_hash") && balancer.ringHash() != null,
                        misplaced("RingHashConfig", policy)),
                () -> when(
                        !policy.equals("least_request") && balancer.leastRequest() != null,
                        misplaced("LeastRequestConfig", policy)),
                () -> when(
                        !balancer.isHashBased() && !balancer.hashPolicies().isEmpty(),
                        "Bad LoadBalancer configuration: HashPolicies specified for non-hash-based Policy: \"" + policy
                                + "\""),
                () -> firstOf(
                        balancer.hashPolicies().size(),
                        i -> fault(balancer.hashPolicies().get(i))
                                .map(fault -> "Bad LoadBalancer HashPolicy[" + i + "]: " + fault))));
    }

    private static String misplaced(String member, String policy) {
        return "Bad LoadBalancer configuration. " + member + " specified for incompatible load balancing policy \""
                + policy + "\"";
    }

    private static Optional<String> fault(HashPolicy policy) {
        String field = policy.field();
        return first(List.of(
                () -> when(!FIELDS.contains(field), "\"" + field + "\" is not a supported field"),
                () -> when(
                        policy.sourceIp() && !field.isEmpty(),
                        "A single hash policy cannot hash both a source address and a \"" + field + "\""),
                () -> when(
                        policy.sourceIp() && !policy.fieldValue().isEmpty(),
                        "A FieldValue cannot be specified when hashing SourceIP"),
                () -> when(
                        !field.isEmpty() && policy.fieldValue().isEmpty(),
                        "Field \"" + field + "\" was specified without a FieldValue"),
                () -> when(
                        field.isEmpty() && !policy.fieldValue().isEmpty(), "FieldValue requires a Field to apply to"),
                () -> faultOfCookie(policy)));
    }

    private static Optional<String> faultOfCookie(HashPolicy policy) {
        Cookie cookie = policy.cookie();
        if (cookie == null) {
            return Optional.empty();
        }
        return when(!policy.field().equals(COOKIE), "cookie_config provided for \"" + policy.field() + "\"")
                .or(() -> when(
                        cookie.session() && !cookie.ttl().isZero(), "a session cookie cannot have an associated TTL"));
    }
}
