package dev.entente.domain.config;

import static dev.entente.domain.config.Faults.firstOf;
import static dev.entente.domain.config.Faults.when;

import dev.entente.domain.config.ExportedServicesEntry.Consumer;
import dev.entente.domain.config.ExportedServicesEntry.ExportedService;
import java.util.List;
import java.util.Optional;

/**
 * What an exported-services entry may be (protocol chapter 8.1).
 * Namespaces are dropped, so a name exported of another namespace is one of ours.
 */
final class ExportedServicesRules {
    private static final String WILDCARD = "*";

    private ExportedServicesRules() {}

    static ExportedServicesEntry normalised(ExportedServicesEntry entry) {
        List<ExportedService> services = entry.services().stream()
                .map(service -> new ExportedService(service.name(), "", service.consumers()))
                .toList();
        return new ExportedServicesEntry(entry.name(), services, entry.meta());
    }

    static Optional<String> fault(ExportedServicesEntry entry) {
        return when(
                        !entry.name().equals(ExportedServicesEntry.NAME),
                        "exported-services Name must be \"" + ExportedServicesEntry.NAME + "\"")
                .or(() -> EntryMeta.fault(entry.meta()))
                .or(() -> firstOf(
                        entry.services().size(),
                        i -> faultOf(entry.services().get(i)).map(fault -> "Services[" + i + "]" + fault)));
    }

    private static Optional<String> faultOf(ExportedService service) {
        return when(service.name().isEmpty(), ": service name cannot be empty")
                .or(() -> when(service.consumers().isEmpty(), ": must have at least one consumer"))
                .or(() -> firstOf(
                        service.consumers().size(),
                        j -> faultOf(service.consumers().get(j)).map(fault -> ".Consumers[" + j + "]: " + fault)));
    }

    private static Optional<String> faultOf(Consumer consumer) {
        return when(
                        !consumer.peer().isEmpty() && !consumer.partition().isEmpty(),
                        "must define at most one of Peer or Partition")
                .or(() -> when(
                        consumer.partition().equals(WILDCARD),
                        "exporting to all partitions (wildcard) is not supported"))
                .or(() -> when(consumer.peer().equals(WILDCARD), "exporting to all peers (wildcard) is not supported"));
    }
}
