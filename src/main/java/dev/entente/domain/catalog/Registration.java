package dev.entente.domain.catalog;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A registration in the catalog: a node, and maybe a service and checks on it (protocol chapter 6.5).
 *
 * <p>{@link #prepared} looks only at the request and fills in defaults; {@link #decide} holds it against what is there. The order
 * of the checks is Consul's, because it tells which text a caller reads.
 *
 * @param datacenter empty for the local one
 * @param skipNodeUpdate leave a node that exists as it is
 * @param peerName must be empty
 */
public record Registration(
        String datacenter,
        String nodeId,
        String node,
        String address,
        Map<String, String> taggedAddresses,
        Map<String, String> nodeMeta,
        Optional<Service> service,
        List<Check> checks,
        boolean skipNodeUpdate,
        String peerName) {
    public Registration {
        taggedAddresses = Sorted.copyOf(taggedAddresses);
        nodeMeta = Sorted.copyOf(nodeMeta);
        checks = List.copyOf(checks);
    }

    /**
     * What an accepted registration changes.
     *
     * @param node absent when it stays as it is
     * @param replaces the node of another name that had the id and goes away with everything on it
     */
    public record Result(
            Optional<Node> node, Optional<Service> service, List<Check> checks, Optional<String> replaces) {}

    /** The refusal of a request for another datacenter: there is only one here. */
    public static Optional<Refusal> otherDatacenter(String asked, String local) {
        return asked.isEmpty() || asked.equals(local)
                ? Optional.empty()
                : Optional.of(Refusal.invalid("No path to datacenter"));
    }

    /** Validates the request by itself and fills in what follows from it. */
    public Outcome<Registration> prepared(String localDatacenter) {
        Optional<Refusal> refusal = requestComplaint(localDatacenter);
        if (refusal.isPresent()) {
            return Outcome.refused(refusal.get());
        }
        Optional<Service> named = service.filter(given -> !isNothing(given)).map(Registration::withDefaults);
        List<Check> completed = checks.stream().map(this::withDefaults).toList();
        return Outcome.accepted(new Registration(
                localDatacenter,
                nodeId,
                node,
                address,
                taggedAddresses,
                nodeMeta,
                named,
                completed,
                skipNodeUpdate,
                peerName));
    }

    /** Decides on a prepared registration. */
    public Outcome<Result> decide(Held held) {
        return checkComplaint(held)
                .or(() -> NodeConflict.complaint(wantedNode(), changesNode(held), held))
                .or(this::metaComplaint)
                .or(this::checkIdComplaint)
                .map(Outcome::<Result>refused)
                .orElseGet(() -> Outcome.accepted(result(held)));
    }

    /** Whether the node is new or becomes another; then the caller needs the right to write it. */
    public boolean changesNode(Held held) {
        return held.node().isEmpty() || (!skipNodeUpdate && !held.node().get().equals(wantedNode()));
    }

    private Optional<Refusal> requestComplaint(String localDatacenter) {
        if (!peerName.isEmpty()) {
            return Optional.of(Refusal.invalid("cannot register requests with PeerName in them"));
        }
        return otherDatacenter(datacenter, localDatacenter)
                .or(this::nodeComplaint)
                .or(() -> service.flatMap(Registration::serviceComplaint));
    }

    private Optional<Refusal> nodeComplaint() {
        if (node.isEmpty()) {
            return Optional.of(Refusal.invalid("Must provide node"));
        }
        Optional<String> idComplaint = nodeId.isEmpty() ? Optional.empty() : NodeId.complaint(nodeId);
        if (idComplaint.isPresent()) {
            return Optional.of(Refusal.invalid("Bad node ID: " + idComplaint.get()));
        }
        return address.isEmpty() && !skipNodeUpdate
                ? Optional.of(Refusal.invalid("Must provide address if SkipNodeUpdate is not set"))
                : Optional.empty();
    }

    private static Optional<Refusal> serviceComplaint(Service service) {
        Optional<String> complaints = ServiceRules.complaints(service, ServiceRules.Sidecar.NONE);
        if (complaints.isPresent()) {
            return complaints.map(Refusal::invalid);
        }
        if (!service.id().isEmpty() && service.name().isEmpty()) {
            return Optional.of(
                    Refusal.invalid("Must provide service name (Service.Service) when service ID is provided"));
        }
        return ServiceRules.isAnyAddress(service.address())
                ? Optional.of(Refusal.invalid("Invalid service address"))
                : Optional.empty();
    }

    /** A service without a name and an id is accepted and means none. */
    private static boolean isNothing(Service service) {
        return service.id().isEmpty() && service.name().isEmpty();
    }

    private static Service withDefaults(Service given) {
        Weights weights =
                ServiceRules.weightsComplaint(given.weights()).isPresent() ? Weights.DEFAULT : given.weights();
        return given.withId(given.id().isEmpty() ? given.name() : given.id()).withWeights(weights);
    }

    private Check withDefaults(Check given) {
        return new Check(
                given.node().isEmpty() ? node : given.node(),
                given.id().isEmpty() ? given.name() : given.id(),
                given.name(),
                given.status().isEmpty() ? Check.CRITICAL : given.status(),
                given.notes(),
                given.output(),
                given.serviceId(),
                given.serviceName(),
                given.serviceTags(),
                given.type().isEmpty() ? given.definition().type() : given.type(),
                given.interval(),
                given.timeout(),
                given.exposedPort(),
                given.definition());
    }

    private Optional<Refusal> checkComplaint(Held held) {
        return checks.stream()
                .flatMap(check -> checkComplaint(check, held).stream())
                .findFirst()
                .map(Refusal::invalid);
    }

    private Optional<String> checkComplaint(Check check, Held held) {
        if (!check.node().equalsIgnoreCase(node)) {
            return Optional.of("Node '" + check.node() + "' for check '" + check.id()
                    + "' doesn't match register request node '" + node + "'");
        }
        if (check.serviceId().isEmpty() || serviceOf(check, held).isPresent()) {
            return Optional.empty();
        }
        return Optional.of("Unknown service ID '" + check.serviceId() + "' for check ID '" + check.id() + "'");
    }

    private Optional<Service> serviceOf(Check check, Held held) {
        return service.filter(registered -> registered.id().equals(check.serviceId()))
                .or(() -> Optional.ofNullable(held.services().get(check.serviceId())));
    }

    private Optional<Refusal> metaComplaint() {
        return service.flatMap(given -> MetaRules.serviceComplaint(given.kind(), given.meta())
                .map(reason -> Refusal.invalid("failed inserting service: Invalid Service Meta for node " + node
                        + " and serviceID " + given.id() + ": " + reason)));
    }

    private Optional<Refusal> checkIdComplaint() {
        return checks.stream()
                .filter(check -> check.id().isEmpty())
                .findFirst()
                .map(check -> Refusal.invalid("failed inserting check on node \"" + node
                        + "\": failed health check lookup: index error: object is missing a value for this index"));
    }

    private Node wantedNode() {
        return new Node(nodeId, node, address, datacenter, taggedAddresses, nodeMeta);
    }

    private Result result(Held held) {
        // Of several with one id the last counts, where the first stood.
        Map<String, Check> placed = new LinkedHashMap<>();
        checks.forEach(check -> placed.put(check.id(), place(check, held)));
        boolean changes = changesNode(held);
        return new Result(
                changes ? Optional.of(wantedNode()) : Optional.empty(),
                service,
                List.copyOf(placed.values()),
                changes ? NodeConflict.replaced(wantedNode(), held) : Optional.empty());
    }

    /** Completes a check from its service; an agent's check that is written over is still run by its agent. */
    private Check place(Check check, Held held) {
        Check known = held.checks().get(check.id());
        Check runnable = known == null ? check : check.withRun(known.run());
        return serviceOf(check, held)
                .filter(found -> !check.serviceId().isEmpty())
                .map(found -> runnable.withNode(node).ofService(found))
                .orElse(runnable.withNode(node));
    }
}
