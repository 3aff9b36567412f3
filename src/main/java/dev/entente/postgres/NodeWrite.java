package dev.entente.postgres;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.VirtualAddresses;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/**
 * Writes the rows of one node that are no longer as they were loaded, and the outbox rows, in one statement. It has a part only
 * for the tables that are touched; no key is in two parts, so their order does not matter.
 */
final class NodeWrite {
    private static final String REMOVED_NODES = "removed_nodes as (delete from nodes"
            + " where partition = :partition and name = :node and name = any(cast(:goneNodes as text[])))";
    private static final String REMOVED_SERVICES = """
            removed_services as (
              delete from services
               where partition = :partition and node = :node and id = any(cast(:goneServices as text[])))
            """;
    private static final String REMOVED_CHECKS = """
            removed_checks as (
              delete from checks
               where partition = :partition and node = :node and id = any(cast(:goneChecks as text[])))
            """;
    private static final String WRITTEN_NODES = """
            written_nodes as (
              insert into nodes (partition, name, node_id, payload, create_version, modify_version)
              select :partition, :node, r.* from unnest(
                  cast(:nodeIds as text[]), cast(:nodePayloads as text[]),
                  cast(:nodeCreated as bigint[]), cast(:nodeModified as bigint[])) as r
              on conflict (partition, name) do update set
                node_id = excluded.node_id, payload = excluded.payload,
                create_version = excluded.create_version, modify_version = excluded.modify_version)
            """;
    private static final String WRITTEN_SERVICES = """
            written_services as (
              insert into services (partition, node, id, name_key, mesh_key, payload, create_version, modify_version)
              select :partition, :node, r.* from unnest(
                  cast(:serviceIds as text[]), cast(:serviceNames as text[]), cast(:serviceMeshes as text[]),
                  cast(:servicePayloads as text[]),
                  cast(:serviceCreated as bigint[]), cast(:serviceModified as bigint[])) as r
              on conflict (partition, node, id) do update set
                name_key = excluded.name_key, mesh_key = excluded.mesh_key, payload = excluded.payload,
                create_version = excluded.create_version, modify_version = excluded.modify_version)
            """;
    private static final String WRITTEN_CHECKS = """
            written_checks as (
              insert into checks (partition, node, id, service_id, payload, status, output, create_version, modify_version)
              select :partition, :node, r.* from unnest(
                  cast(:checkIds as text[]), cast(:checkServices as text[]), cast(:checkPayloads as text[]),
                  cast(:checkStatuses as text[]), cast(:checkOutputs as text[]),
                  cast(:checkCreated as bigint[]), cast(:checkModified as bigint[])) as r
              on conflict (partition, node, id) do update set
                service_id = excluded.service_id, payload = excluded.payload,
                status = excluded.status, output = excluded.output,
                create_version = excluded.create_version, modify_version = excluded.modify_version)
            """;
    private static final String OUTBOX = """
            insert into outbox (id, partition, changes)
            select r.id, :partition, r.changes
              from unnest(cast(:outboxIds as bigint[]), cast(:outboxChanges as text[])) as r(id, changes)
            """;

    private final List<String> parts = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    private NodeWrite() {}

    /** Writes nothing when no decision changed anything. */
    static Uni<Void> of(
            StatelessSession session, NodeKey node, NodeContent content, List<NodeDecision.Result> results) {
        List<NodeDecision.Result.Done> changed = results.stream()
                .filter(NodeDecision.Result.Done.class::isInstance)
                .map(NodeDecision.Result.Done.class::cast)
                .filter(done -> !done.changes().isEmpty())
                .toList();
        if (changed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        NodeWrite write = new NodeWrite();
        write.values.put("partition", node.partition().value());
        write.remove(REMOVED_NODES, "goneNodes", content.nodes().removed());
        write.remove(REMOVED_SERVICES, "goneServices", content.services().removed());
        write.remove(REMOVED_CHECKS, "goneChecks", content.checks().removed());
        write.nodes(content.nodes().written());
        write.services(content.services().written());
        write.checks(content.checks().written());
        write.outbox(changed);
        return write.run(session, node);
    }

    private void remove(String part, String parameter, List<String> keys) {
        if (!keys.isEmpty()) {
            parts.add(part);
            values.put(parameter, keys.toArray(String[]::new));
        }
    }

    private void nodes(List<Indexed<Node>> nodes) {
        if (!nodes.isEmpty()) {
            parts.add(WRITTEN_NODES);
            values.put("nodeIds", texts(nodes, Node::id));
            rows("node", nodes);
        }
    }

    private void services(List<Indexed<Service>> services) {
        if (!services.isEmpty()) {
            parts.add(WRITTEN_SERVICES);
            values.put("serviceIds", texts(services, Service::id));
            values.put("serviceNames", texts(services, service -> VirtualAddresses.key(service.name())));
            values.put(
                    "serviceMeshes",
                    texts(
                            services,
                            service -> VirtualAddresses.carriedBy(service)
                                    .map(VirtualAddresses::key)
                                    .orElse("")));
            rows("service", services);
        }
    }

    private void checks(List<Indexed<Check>> checks) {
        if (!checks.isEmpty()) {
            parts.add(WRITTEN_CHECKS);
            values.put("checkIds", texts(checks, Check::id));
            values.put("checkServices", texts(checks, Check::serviceId));
            values.put("checkStatuses", texts(checks, Check::status));
            values.put("checkOutputs", texts(checks, Check::output));
            rows("check", checks);
        }
    }

    private void outbox(List<NodeDecision.Result.Done> changed) {
        values.put(
                "outboxIds",
                changed.stream().map(NodeDecision.Result.Done::version).toArray(Long[]::new));
        values.put(
                "outboxChanges",
                changed.stream()
                        .map(done -> Payloads.writeChanges(done.changes()))
                        .toArray(String[]::new));
    }

    private Uni<Void> run(StatelessSession session, NodeKey node) {
        String with = parts.isEmpty() ? "" : "with " + String.join(",\n", parts) + "\n";
        if (!parts.isEmpty()) {
            values.put("node", node.name());
        }
        Mutiny.MutationQuery query = session.createNativeQuery(with + OUTBOX);
        values.forEach(query::setParameter);
        return query.executeUpdate()
                .onFailure(Failures::isForeignKeyViolation)
                .transform(Refusals::noSuchPartition)
                .replaceWithVoid();
    }

    private <T> void rows(String table, List<Indexed<T>> rows) {
        values.put(table + "Payloads", texts(rows, Payloads::write));
        values.put(table + "Created", rows.stream().map(Indexed::createIndex).toArray(Long[]::new));
        values.put(table + "Modified", rows.stream().map(Indexed::modifyIndex).toArray(Long[]::new));
    }

    private static <T> String[] texts(List<Indexed<T>> rows, Function<T, String> text) {
        return rows.stream().map(Indexed::value).map(text).toArray(String[]::new);
    }
}
