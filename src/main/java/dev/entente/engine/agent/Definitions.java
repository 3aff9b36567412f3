package dev.entente.engine.agent;

import dev.entente.engine.agent.AgentCommands.CheckSpec;
import dev.entente.engine.agent.AgentCommands.RegisterService;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The services and checks that an agent's own configuration defines (protocol chapter 6.8.1).
 *
 * <p>They may do no more than what clients ask for: nothing is executed for them either.
 */
public record Definitions(List<RegisterService> services, List<CheckSpec> checks) {
    public static final Definitions NONE = new Definitions(List.of(), List.of());

    public Definitions {
        services = List.copyOf(services);
        checks = List.copyOf(checks);
    }

    /** What is wrong with the first of them that cannot be registered, in a sentence that names it. */
    public Optional<String> complaint() {
        return Stream.concat(
                        services.stream().flatMap(each -> complaint(each).stream()),
                        checks.stream().flatMap(each -> complaint(each).stream()))
                .findFirst();
    }

    private static Optional<String> complaint(RegisterService service) {
        return AgentRegistration.of(service)
                .fold(
                        accepted -> Optional.empty(),
                        refusal -> Optional.of("service \"" + service.service().name() + "\": " + refusal.text()));
    }

    private static Optional<String> complaint(CheckSpec check) {
        return AgentChecks.complaintAlone(check)
                .or(() -> AgentChecks.notRunHere(List.of(check)))
                .map(refusal -> "check \"" + check.name() + "\": " + refusal.text());
    }
}
