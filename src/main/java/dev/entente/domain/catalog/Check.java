package dev.entente.domain.catalog;

import java.util.List;

/**
 * A health check of a node, or of one service on it when {@code serviceId} is not empty.
 *
 * @param status {@code passing}, {@code warning} or {@code critical}; other words are kept as they came (protocol chapter 6.5)
 * @param interval and {@code timeout}: Go durations as shown to clients, empty when unset
 * @param definition as shown to clients; Consul shows none for the checks that an agent runs (seen in the captures)
 * @param run how the replica of the node runs the check; {@link CheckDefinition#NONE} for one that somebody else reports
 */
public record Check(
        String node,
        String id,
        String name,
        String status,
        String notes,
        String output,
        String serviceId,
        String serviceName,
        List<String> serviceTags,
        String type,
        String interval,
        String timeout,
        int exposedPort,
        CheckDefinition definition,
        CheckDefinition run) {
    public static final String PASSING = "passing";
    public static final String WARNING = "warning";
    public static final String CRITICAL = "critical";
    public static final String MAINTENANCE = "maintenance";
    /** The check that tells whether a replica's node is alive. */
    public static final String SERF_HEALTH = "serfHealth";

    public static final String NODE_MAINTENANCE = "_node_maintenance";
    public static final String SERVICE_MAINTENANCE_PREFIX = "_service_maintenance:";

    public Check {
        serviceTags = List.copyOf(serviceTags);
    }

    /** A check that nothing of ours runs. */
    public Check(
            String node,
            String id,
            String name,
            String status,
            String notes,
            String output,
            String serviceId,
            String serviceName,
            List<String> serviceTags,
            String type,
            String interval,
            String timeout,
            int exposedPort,
            CheckDefinition definition) {
        this(
                node,
                id,
                name,
                status,
                notes,
                output,
                serviceId,
                serviceName,
                serviceTags,
                type,
                interval,
                timeout,
                exposedPort,
                definition,
                CheckDefinition.NONE);
    }

    public boolean isNodeCheck() {
        return serviceId.isEmpty();
    }

    public boolean isPassing() {
        return status.equals(PASSING);
    }

    public Check withReport(String newStatus, String newOutput) {
        return new Check(
                node,
                id,
                name,
                newStatus,
                notes,
                newOutput,
                serviceId,
                serviceName,
                serviceTags,
                type,
                interval,
                timeout,
                exposedPort,
                definition,
                run);
    }

    /** The same check, run in another way. */
    public Check withRun(CheckDefinition newRun) {
        return new Check(
                node,
                id,
                name,
                status,
                notes,
                output,
                serviceId,
                serviceName,
                serviceTags,
                type,
                interval,
                timeout,
                exposedPort,
                definition,
                newRun);
    }

    /** The same check on a node of another name. */
    public Check withNode(String newNode) {
        return new Check(
                newNode,
                id,
                name,
                status,
                notes,
                output,
                serviceId,
                serviceName,
                serviceTags,
                type,
                interval,
                timeout,
                exposedPort,
                definition,
                run);
    }

    /** The same check as one of the service, with its name and tags. */
    public Check ofService(Service service) {
        return new Check(
                node,
                id,
                name,
                status,
                notes,
                output,
                service.id(),
                service.name(),
                service.tags(),
                type,
                interval,
                timeout,
                exposedPort,
                definition,
                run);
    }

    /** The same check with the times that clients see. */
    public Check withTiming(String newInterval, String newTimeout) {
        return new Check(
                node,
                id,
                name,
                status,
                notes,
                output,
                serviceId,
                serviceName,
                serviceTags,
                type,
                newInterval,
                newTimeout,
                exposedPort,
                definition,
                run);
    }

    /** Whether the other differs at most in what it last reported. */
    public boolean isSameExceptReport(Check other) {
        return withReport(other.status, other.output).equals(other);
    }
}
