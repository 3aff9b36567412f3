package dev.entente.domain.intention;

import dev.entente.domain.catalog.ServiceSummary;
import java.util.Optional;

/**
 * What is known of a possible call between two services from their names alone (protocol chapter 6.10).
 *
 * @param hasPermissions whether requests decide
 * @param externalSource who made the deciding rule, where it says so
 * @param hasExact whether the deciding rule names both services
 * @param defaultAllow what holds without a rule
 */
public record CallDecision(
        boolean allowed, boolean hasPermissions, String externalSource, boolean hasExact, boolean defaultAllow) {

    /** {@code requestsMayPass}: what to take a rule for that has to look at the request. */
    public static CallDecision of(Optional<Intention> deciding, boolean defaultAllow, boolean requestsMayPass) {
        return deciding.map(rule -> new CallDecision(
                        rule.hasPermissions() ? requestsMayPass : rule.allows(),
                        rule.hasPermissions(),
                        rule.meta().getOrDefault(ServiceSummary.EXTERNAL_SOURCE, ""),
                        rule.isExact(),
                        defaultAllow))
                .orElse(new CallDecision(defaultAllow, false, "", false, defaultAllow));
    }
}
