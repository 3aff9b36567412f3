package dev.entente.domain.config;

import static dev.entente.domain.config.Faults.firstOf;
import static dev.entente.domain.config.Faults.when;

import dev.entente.domain.config.TerminatingGatewayEntry.LinkedService;
import java.util.List;
import java.util.Optional;

/** What a terminating-gateway entry may be. */
final class TerminatingRules {
    private TerminatingRules() {}

    static Optional<String> fault(TerminatingGatewayEntry entry) {
        return when(entry.name().isEmpty(), "Name is required")
                .or(() -> EntryMeta.fault(entry.meta()))
                .or(() -> firstOf(entry.services().size(), i -> fault(entry.services(), i)));
    }

    private static Optional<String> fault(List<LinkedService> services, int index) {
        LinkedService service = services.get(index);
        boolean anyOfPair = !service.certFile().isEmpty() || !service.keyFile().isEmpty();
        boolean all = !service.caFile().isEmpty()
                && !service.certFile().isEmpty()
                && !service.keyFile().isEmpty();
        return when(service.name().isEmpty(), "Service name cannot be blank.")
                .or(() -> when(
                        services.subList(0, index).stream()
                                .anyMatch(earlier -> earlier.name().equals(service.name())),
                        "Service \"" + service.name() + "\" was specified more than once within a namespace"))
                .or(() -> when(
                        anyOfPair && !all,
                        "Service \"" + service.name()
                                + "\" must have a CertFile, CAFile, and KeyFile specified for TLS origination"));
    }
}
