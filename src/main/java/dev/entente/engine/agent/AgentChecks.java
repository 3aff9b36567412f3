package dev.entente.engine.agent;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.GoDuration;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.Refusal;
import dev.entente.engine.agent.AgentCommands.CheckSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks as an agent's clients define them, made into checks of the catalog (protocol chapter 6.8.1). */
final class AgentChecks {
    private static final Set<String> STATUSES = Set.of(Check.PASSING, Check.WARNING, Check.CRITICAL);

    private AgentChecks() {}

    static boolean isStatus(String status) {
        return STATUSES.contains(status);
    }

    /** The first complaint about the definitions themselves, then about their initial status. */
    static Optional<Refusal> complaint(List<CheckSpec> specs, String prefix) {
        return specs.stream()
                .flatMap(spec -> spec.definition().complaint().stream())
                .findFirst()
                .map(reason -> Refusal.badRequest(prefix + ": " + reason))
                .or(() -> specs.stream()
                        .filter(spec -> !spec.status().isEmpty() && !isStatus(spec.status()))
                        .findFirst()
                        .map(spec -> Refusal.badRequest("Status for checks must 'passing', 'warning', 'critical'")));
    }

    /** The same about a check that is defined by itself. */
    static Optional<Refusal> complaintAlone(CheckSpec spec) {
        if (spec.name().isEmpty()) {
            return Optional.of(Refusal.badRequest("Missing check name"));
        }
        return !spec.status().isEmpty() && !isStatus(spec.status())
                ? Optional.of(Refusal.badRequest("Bad check status"))
                : complaint(List.of(spec), "Invalid check");
    }

    /** The refusal of what this agent does not run. */
    static Optional<Refusal> notRunHere(List<CheckSpec> specs) {
        if (specs.stream().anyMatch(spec -> spec.definition().isScript())) {
            return Optional.of(Refusal.invalid("Scripts are disabled on this agent from remote calls; to enable,"
                    + " configure 'enable_script_checks' to true"));
        }
        if (specs.stream().anyMatch(spec -> !spec.definition().udp().isEmpty())) {
            return Optional.of(
                    Refusal.invalid("UDP checks are not run by this agent: an answer that does not come proves"
                            + " nothing; use a TCP, HTTP or gRPC check"));
        }
        return specs.stream().anyMatch(spec -> spec.definition().type().equals("os_service"))
                ? Optional.of(Refusal.invalid("not implemented"))
                : Optional.empty();
    }

    /** The checks that a service is registered with: named after it, and numbered where there are several; the last of one id counts. */
    static List<Check> ofService(List<CheckSpec> specs, Service service, String node) {
        Map<String, Check> checks = new LinkedHashMap<>();
        for (int i = 0; i < specs.size(); i++) {
            CheckSpec spec = specs.get(i);
            String number = specs.size() > 1 ? ":" + (i + 1) : "";
            String id = spec.id().isEmpty() ? "service:" + service.id() + number : spec.id();
            String name = spec.name().isEmpty() ? "Service '" + service.name() + "' check" : spec.name();
            CheckDefinition run = spec.definition();
            checks.put(
                    id,
                    bare(node, id, name, spec)
                            .withTiming(shown(run.interval()), shown(run.timeout()))
                            .ofService(service));
        }
        return List.copyOf(checks.values());
    }

    /** A check that is registered by itself; unlike those above it always shows its times. */
    static Check alone(CheckSpec spec, String node) {
        CheckDefinition run = spec.definition();
        return bare(node, idOf(spec), spec.name(), spec)
                .withTiming(GoDuration.format(run.interval()), GoDuration.format(run.timeout()));
    }

    static String idOf(CheckSpec spec) {
        return spec.id().isEmpty() ? spec.name() : spec.id();
    }

    private static Check bare(String node, String id, String name, CheckSpec spec) {
        String status = spec.status().isEmpty() ? Check.CRITICAL : spec.status();
        return new Check(
                node,
                id,
                name,
                status,
                spec.notes(),
                "",
                "",
                "",
                List.of(),
                spec.definition().type(),
                "",
                "",
                0,
                CheckDefinition.NONE,
                spec.definition());
    }

    private static String shown(Duration duration) {
        return duration.isZero() ? "" : GoDuration.format(duration);
    }
}
