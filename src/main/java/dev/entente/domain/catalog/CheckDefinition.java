package dev.entente.domain.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Map;

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
}
