package dev.entente.domain.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a check is run; all empty or zero for a check that somebody else reports (protocol chapters 2.5 and 6.2).
 *
 * @param outputMaxSize bytes
 */
public record CheckDefinition(
        String http,
        String tlsServerName,
        boolean tlsSkipVerify,
        Map<String, List<String>> header,
        String method,
        String body,
        boolean disableRedirects,
        String tcp,
        String udp,
        String h2ping,
        String osService,
        boolean h2pingUseTls,
        Duration interval,
        int outputMaxSize,
        Duration timeout,
        Duration deregisterCriticalServiceAfter,
        List<String> scriptArgs,
        String dockerContainerId,
        String shell,
        String grpc,
        boolean grpcUseTls,
        String aliasNode,
        String aliasService,
        Duration ttl,
        int successBeforePassing,
        int failuresBeforeWarning,
        int failuresBeforeCritical) {
    public static final CheckDefinition NONE = new CheckDefinition(
            "",
            "",
            false,
            Map.of(),
            "",
            "",
            false,
            "",
            "",
            "",
            "",
            false,
            Duration.ZERO,
            0,
            Duration.ZERO,
            Duration.ZERO,
            List.of(),
            "",
            "",
            "",
            false,
            "",
            "",
            Duration.ZERO,
            0,
            0,
            0);

    public CheckDefinition {
        header = Sorted.copyOf(header);
        scriptArgs = List.copyOf(scriptArgs);
    }

    /** What runs the check, in Consul's word; empty when nothing does. */
    public String type() {
        boolean repeated = isLonger(interval);
        if (repeated && !grpc.isEmpty()) {
            return "grpc";
        }
        if (repeated && !http.isEmpty()) {
            return "http";
        }
        if (isLonger(ttl)) {
            return "ttl";
        }
        if (repeated && !tcp.isEmpty()) {
            return "tcp";
        }
        if (repeated && !udp.isEmpty()) {
            return "udp";
        }
        return isAlias() ? "alias" : lessUsualType(repeated);
    }

    private String lessUsualType(boolean repeated) {
        if (isScript()) {
            return repeated && !dockerContainerId.isEmpty() ? "docker" : "script";
        }
        if (repeated && !h2ping.isEmpty()) {
            return "h2ping";
        }
        return repeated && !osService.isEmpty() ? "os_service" : "";
    }

    public boolean isAlias() {
        return !aliasNode.isEmpty() || !aliasService.isEmpty();
    }

    public boolean isScript() {
        return !scriptArgs.isEmpty();
    }

    public boolean isTtl() {
        return type().equals("ttl");
    }

    /** What is wrong with the definition of a check that an agent is to run (protocol chapter 6.8.1). */
    public Optional<String> complaint() {
        boolean probes =
                isScript() || Stream.of(http, tcp, udp, grpc, h2ping, osService).anyMatch(target -> !target.isEmpty());
        if (isLonger(interval) && isLonger(ttl)) {
            return Optional.of("Interval and TTL cannot both be specified");
        }
        if (probes && !isLonger(interval)) {
            return Optional.of("Interval must be > 0 for Script, HTTP, H2PING, TCP, UDP or OSService checks");
        }
        if (probes && isAlias()) {
            return Optional.of("Interval cannot be set for Alias checks");
        }
        if (isAlias() && isLonger(ttl)) {
            return Optional.of("TTL must be not be set for Alias checks");
        }
        if (!probes && !isAlias() && !isLonger(ttl)) {
            return Optional.of("TTL must be > 0 for TTL checks");
        }
        if (outputMaxSize < 0) {
            return Optional.of("MaxOutputMaxSize must be positive");
        }
        if (failuresBeforeWarning > failuresBeforeCritical) {
            return Optional.of("FailuresBeforeWarning can't be higher than FailuresBeforeCritical");
        }
        return Optional.empty();
    }

    private static boolean isLonger(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }

    /** The same, asked over TCP. */
    public CheckDefinition withTcp(String target, Duration every) {
        return new CheckDefinition(
                http,
                tlsServerName,
                tlsSkipVerify,
                header,
                method,
                body,
                disableRedirects,
                target,
                udp,
                h2ping,
                osService,
                h2pingUseTls,
                every,
                outputMaxSize,
                timeout,
                deregisterCriticalServiceAfter,
                scriptArgs,
                dockerContainerId,
                shell,
                grpc,
                grpcUseTls,
                aliasNode,
                aliasService,
                ttl,
                successBeforePassing,
                failuresBeforeWarning,
                failuresBeforeCritical);
    }

    /** The same, following a service of the node. */
    public CheckDefinition withAliasService(String service) {
        return new CheckDefinition(
                http,
                tlsServerName,
                tlsSkipVerify,
                header,
                method,
                body,
                disableRedirects,
                tcp,
                udp,
                h2ping,
                osService,
                h2pingUseTls,
                interval,
                outputMaxSize,
                timeout,
                deregisterCriticalServiceAfter,
                scriptArgs,
                dockerContainerId,
                shell,
                grpc,
                grpcUseTls,
                aliasNode,
                service,
                ttl,
                successBeforePassing,
                failuresBeforeWarning,
                failuresBeforeCritical);
    }
}
