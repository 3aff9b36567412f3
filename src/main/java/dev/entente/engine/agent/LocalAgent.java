package dev.entente.engine.agent;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.access.Caller;
import dev.entente.engine.access.Permission;
import dev.entente.engine.access.Permission.Area;
import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.CheckReports;
import dev.entente.engine.port.DefinitionMemory.Ids;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** This replica as an agent: what its clients register belongs to its own node and is run here. */
public final class LocalAgent implements AgentCommands {
    private static final int DEFAULT_OUTPUT_SIZE = 4096;

    private final OwnNodeStore own;
    private final Authorizer authorizer;
    private final CheckReports reports;
    private final TtlReports ttlReports;
    private final DefinedHere defined;
    private final AgentSettings settings;

    public LocalAgent(
            OwnNodeStore own,
            Authorizer authorizer,
            CheckReports reports,
            TtlReports ttlReports,
            DefinedHere defined,
            AgentSettings settings) {
        this.own = own;
        this.authorizer = authorizer;
        this.reports = reports;
        this.ttlReports = ttlReports;
        this.defined = defined;
        this.settings = settings;
    }

    @Override
    public Uni<Void> registerService(Caller caller, PartitionName partition, RegisterService command) {
        return deferred(() -> AgentRegistration.of(command))
                .call(registration -> vet(caller, partition, registration))
                .call(registration -> add(partition, registration))
                .chain(registration -> defined.takenOver(partition, registration.ids(settings.nodeName())));
    }

    /** Registers without asking who may. */
    Uni<Void> add(PartitionName partition, AgentRegistration registration) {
        return own.add(partition, registration).invoke(() -> restartTtls(partition, registration));
    }

    /** The same for a check. */
    Uni<Void> add(PartitionName partition, CheckSpec spec) {
        return deferred(() -> checked(partition, spec)).chain(check -> add(partition, check));
    }

    private Uni<Void> add(PartitionName partition, Check check) {
        return own.addCheck(partition, check).invoke(() -> restartTtl(partition, check));
    }

    @Override
    public Uni<Void> deregisterService(Caller caller, PartitionName partition, String serviceId) {
        return deferred(() -> service(partition, serviceId))
                .chain(service -> mayWriteService(caller, partition, service.name()))
                .chain(() -> own.removeService(partition, serviceId))
                .chain(found -> found ? Uni.createFrom().voidItem() : refused(unknownService(serviceId)));
    }

    @Override
    public Uni<Void> registerCheck(Caller caller, PartitionName partition, CheckSpec command) {
        return deferred(() -> checked(partition, command))
                .call(check -> mayWriteCheck(caller, partition, check))
                .invoke(check -> AgentChecks.notRunHere(List.of(command)).ifPresent(LocalAgent::refuse))
                .call(check -> add(partition, check))
                .chain(check -> defined.takenOver(partition, new Ids(Set.of(), Set.of(check.id()))));
    }

    @Override
    public Uni<Void> deregisterCheck(Caller caller, PartitionName partition, String checkId) {
        return deferred(() -> check(partition, checkId))
                .chain(check -> mayWriteCheck(caller, partition, check))
                .chain(() -> own.removeCheck(partition, checkId));
    }

    @Override
    public Uni<Void> report(Caller caller, PartitionName partition, String checkId, String status, String output) {
        if (!AgentChecks.isStatus(status)) {
            return refused(Refusal.badRequest("Invalid check status: '" + status + "'"));
        }
        return deferred(() -> check(partition, checkId))
                .call(check -> mayWriteCheck(caller, partition, check))
                .chain(check -> reportTtl(partition, check, status, output));
    }

    @Override
    public Uni<Void> serviceMaintenance(
            Caller caller, PartitionName partition, String serviceId, boolean enable, String reason) {
        if (serviceId.isEmpty()) {
            return refused(Refusal.badRequest("Missing service ID"));
        }
        return deferred(() -> service(partition, serviceId))
                .call(service -> mayWriteService(caller, partition, service.name()))
                .chain(service -> enable
                        ? own.addCheckOnce(partition, Maintenance.ofService(settings.nodeName(), service, reason))
                        : own.removeCheck(partition, Maintenance.idOf(service)));
    }

    @Override
    public Uni<Void> nodeMaintenance(Caller caller, PartitionName partition, boolean enable, String reason) {
        return mayWriteNode(caller, partition)
                .chain(() -> enable
                        ? own.addCheckOnce(partition, Maintenance.ofNode(settings.nodeName(), reason))
                        : own.removeCheck(partition, Check.NODE_MAINTENANCE));
    }

    private static <T> Uni<T> deferred(Supplier<Outcome<T>> decision) {
        return Uni.createFrom().item(() -> decision.get().orThrow());
    }

    private static <T> Uni<T> refused(Refusal refusal) {
        return Uni.createFrom().failure(new RefusedException(refusal));
    }

    private static void refuse(Refusal refusal) {
        throw new RefusedException(refusal);
    }

    private Uni<Void> vet(Caller caller, PartitionName partition, AgentRegistration registration) {
        Uni<Void> vetted = Uni.createFrom().voidItem();
        List<String> names = Stream.concat(Stream.of(registration.service()), registration.sidecar().stream())
                .flatMap(service -> Stream.of(service.name(), service.proxy().destinationServiceName()))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        for (String name : names) {
            vetted = vetted.chain(() -> mayWriteService(caller, partition, name));
        }
        return vetted;
    }

    private void restartTtls(PartitionName partition, AgentRegistration registration) {
        AgentChecks.ofService(registration.checks(), registration.service(), settings.nodeName())
                .forEach(check -> restartTtl(partition, check));
    }

    private void restartTtl(PartitionName partition, Check check) {
        if (check.run().isTtl()) {
            ttlReports.restarted(partition, check.id());
        }
    }

    private Uni<Void> mayWriteService(Caller caller, PartitionName partition, String name) {
        return authorizer.require(caller, partition, Permission.write(Area.SERVICE, name));
    }

    private Uni<Void> mayWriteNode(Caller caller, PartitionName partition) {
        return authorizer.require(caller, partition, Permission.write(Area.NODE, settings.nodeName()));
    }

    private Uni<Void> mayWriteCheck(Caller caller, PartitionName partition, Check check) {
        return check.isNodeCheck()
                ? mayWriteNode(caller, partition)
                : mayWriteService(caller, partition, check.serviceName());
    }

    private Outcome<Service> service(PartitionName partition, String serviceId) {
        return own.service(partition, serviceId)
                .filter(service -> !service.id().equals(OwnNode.CONSUL_SERVICE))
                .map(Outcome::accepted)
                .orElseGet(() -> Outcome.refused(unknownService(serviceId)));
    }

    private static Refusal unknownService(String serviceId) {
        return Refusal.notFound("Unknown service ID \"" + serviceId
                + "\". Ensure that the service ID is passed, not the service name.");
    }

    private Outcome<Check> check(PartitionName partition, String checkId) {
        return own.check(partition, checkId)
                .filter(check -> !check.id().equals(Check.SERF_HEALTH))
                .map(Outcome::accepted)
                .orElseGet(() -> Outcome.refused(Refusal.notFound("Unknown check ID \"" + checkId
                        + "\". Ensure that the check ID is passed, not the check name.")));
    }

    private Outcome<Check> checked(PartitionName partition, CheckSpec spec) {
        Optional<Refusal> complaint = AgentChecks.complaintAlone(spec);
        if (complaint.isPresent()) {
            return Outcome.refused(complaint.get());
        }
        Check check = AgentChecks.alone(spec, settings.nodeName());
        if (spec.serviceId().isEmpty()) {
            return Outcome.accepted(check);
        }
        return service(partition, spec.serviceId())
                .map(check::ofService)
                .fold(
                        Outcome::accepted,
                        unknown -> Outcome.refused(
                                Refusal.notFound("ServiceID \"" + spec.serviceId() + "\" does not exist")));
    }

    private Uni<Void> reportTtl(PartitionName partition, Check check, String status, String output) {
        if (!check.run().isTtl()) {
            return refused(Refusal.invalid("CheckID \"" + check.id() + "\" does not have associated TTL"));
        }
        String bounded = bounded(output, check.run().outputMaxSize());
        ttlReports.heard(partition, check.id(), bounded);
        return reports.report(partition, settings.nodeName(), check.id(), new CheckReport(status, bounded, 0));
    }

    private static String bounded(String output, int wanted) {
        byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
        int size = wanted > 0 ? Math.min(wanted, DEFAULT_OUTPUT_SIZE) : DEFAULT_OUTPUT_SIZE;
        if (bytes.length <= size) {
            return output;
        }
        return new String(bytes, 0, size, StandardCharsets.UTF_8) + " ... (captured " + size + " of " + bytes.length
                + " bytes)";
    }
}
