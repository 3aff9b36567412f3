package dev.entente.postgres;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Loads and writes the rows of one node, each in one statement. */
final class NodeRows {
    private static final String NODE = "n";
    private static final String SERVICE = "s";
    private static final String CHECK = "c";
    private static final String OTHER = "o";

    private static final String NODES = """
            select 'n' as found, name as key, payload, create_version, modify_version
              from nodes where partition = :partition and name = :node
            union all
            select 'o', name, node_id, 0, 0
              from nodes where partition = :partition and node_id <> '' and node_id = any(cast(:nodeIds as text[])) and name <> :node
            """;
    private static final String SELECTED = NODES + """
            union all
            select 's', id, payload, create_version, modify_version
              from services where partition = :partition and node = :node and id = any(cast(:services as text[]))
            union all
            select 'c', id, payload, create_version, modify_version
              from checks where partition = :partition and node = :node and service_id = any(cast(:services as text[]))
            union all
            select 'c', id, payload, create_version, modify_version
              from checks where partition = :partition and node = :node and id = any(cast(:checks as text[]))
            """;
    private static final String WHOLE = NODES + """
            union all
            select 's', id, payload, create_version, modify_version
              from services where partition = :partition and node = :node
            union all
            select 'c', id, payload, create_version, modify_version
              from checks where partition = :partition and node = :node
            """;
    /** No key is in two of its parts, so their order does not matter. */
    private static final String WRITE = """
            with removed_nodes as (
              delete from nodes where partition = :partition and name = any(cast(:goneNodes as text[]))),
            removed_services as (
              delete from services where partition = :partition and node = :node and id = any(cast(:goneServices as text[]))),
            removed_checks as (
              delete from checks where partition = :partition and node = :node and id = any(cast(:goneChecks as text[]))),
            written_nodes as (
              insert into nodes (partition, name, node_id, payload, create_version, modify_version)
              select :partition, :node, r.* from unnest(cast(:nodeIds as text[]), cast(:nodePayloads as text[]),
                                                        cast(:nodeCreated as bigint[]), cast(:nodeModified as bigint[])) as r
              on conflict (partition, name) do update set
                node_id = excluded.node_id, payload = excluded.payload,
                create_version = excluded.create_version, modify_version = excluded.modify_version),
            written_services as (
              insert into services (partition, node, id, payload, create_version, modify_version)
              select :partition, :node, r.* from unnest(cast(:serviceIds as text[]), cast(:servicePayloads as text[]),
                                                        cast(:serviceCreated as bigint[]), cast(:serviceModified as bigint[])) as r
              on conflict (partition, node, id) do update set
                payload = excluded.payload,
                create_version = excluded.create_version, modify_version = excluded.modify_version),
            written_checks as (
              insert into checks (partition, node, id, service_id, payload, status, output, create_version, modify_version)
              select :partition, :node, r.* from unnest(cast(:checkIds as text[]), cast(:checkServices as text[]),
                                                        cast(:checkPayloads as text[]), cast(:checkStatuses as text[]),
                                                        cast(:checkOutputs as text[]),
                                                        cast(:checkCreated as bigint[]), cast(:checkModified as bigint[])) as r
              on conflict (partition, node, id) do update set
                service_id = excluded.service_id, payload = excluded.payload,
                status = excluded.status, output = excluded.output,
                create_version = excluded.create_version, modify_version = excluded.modify_version)
            insert into outbox (id, partition, changes)
            select r.id, :partition, r.changes from unnest(cast(:outboxIds as bigint[]), cast(:outboxChanges as text[]))
                                                        as r(id, changes)
            """;

    private NodeRows() {}

    static Uni<NodeContent> load(StatelessSession session, NodeKey node, NodeReach reach) {
        Mutiny.SelectionQuery<Object[]> query = session.createNativeQuery(
                        reach.whole() ? WHOLE : SELECTED, Object[].class)
                .setParameter("partition", node.partition().value())
                .setParameter("node", node.name())
                .setParameter("nodeIds", reach.nodeIds().toArray(String[]::new));
        if (!reach.whole()) {
            query.setParameter("services", reach.services().toArray(String[]::new))
                    .setParameter("checks", reach.checks().toArray(String[]::new));
        }
        return query.getResultList().map(rows -> content(node, reach, rows));
    }

    private static NodeContent content(NodeKey node, NodeReach reach, List<Object[]> rows) {
        NodeContent content = new NodeContent(node.name(), reach);
        for (Object[] row : rows) {
            String key = (String) row[1];
            switch ((String) row[0]) {
                case NODE -> content.nodes().load(key, indexed(row, Node.class));
                case SERVICE -> content.services().load(key, indexed(row, Service.class));
                case CHECK -> content.checks().load(key, indexed(row, Check.class));
                case OTHER -> content.otherNode((String) row[2], key);
                default -> throw new IllegalStateException("an unknown row: " + row[0]);
            }
        }
        return content;
    }

    private static <T> Indexed<T> indexed(Object[] row, Class<T> type) {
        return new Indexed<>(
                Payloads.read((String) row[2], type), ((Number) row[3]).longValue(), ((Number) row[4]).longValue());
    }

    /** Writes what is no longer as it was loaded, with one outbox row per decision that changed something. */
    static Uni<Void> write(
            StatelessSession session, NodeKey node, NodeContent content, List<NodeDecision.Result> results) {
        List<NodeDecision.Result.Done> changed = results.stream()
                .filter(NodeDecision.Result.Done.class::isInstance)
                .map(NodeDecision.Result.Done.class::cast)
                .filter(done -> !done.changes().isEmpty())
                .toList();
        if (changed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Mutiny.MutationQuery query = session.createNativeQuery(WRITE)
                .setParameter("partition", node.partition().value())
                .setParameter("node", node.name())
                .setParameter("goneNodes", content.nodes().removed().toArray(String[]::new))
                .setParameter("goneServices", content.services().removed().toArray(String[]::new))
                .setParameter("goneChecks", content.checks().removed().toArray(String[]::new))
                .setParameter(
                        "outboxIds",
                        changed.stream().map(NodeDecision.Result.Done::version).toArray(Long[]::new))
                .setParameter(
                        "outboxChanges",
                        changed.stream()
                                .map(done -> Payloads.writeChanges(done.changes()))
                                .toArray(String[]::new));
        bindNodes(query, content.nodes().written());
        bindServices(query, content.services().written());
        bindChecks(query, content.checks().written());
        return query.executeUpdate()
                .onFailure(Failures::isForeignKeyViolation)
                .transform(Refusals::noSuchPartition)
                .replaceWithVoid();
    }

    private static void bindNodes(Mutiny.MutationQuery query, List<Indexed<Node>> nodes) {
        query.setParameter("nodeIds", texts(nodes, Node::id));
        bindVersions(query, "node", nodes);
    }

    private static void bindServices(Mutiny.MutationQuery query, List<Indexed<Service>> services) {
        query.setParameter("serviceIds", texts(services, Service::id));
        bindVersions(query, "service", services);
    }

    private static void bindChecks(Mutiny.MutationQuery query, List<Indexed<Check>> checks) {
        query.setParameter("checkIds", texts(checks, Check::id))
                .setParameter("checkServices", texts(checks, Check::serviceId))
                .setParameter("checkStatuses", texts(checks, Check::status))
                .setParameter("checkOutputs", texts(checks, Check::output));
        bindVersions(query, "check", checks);
    }

    private static <T> void bindVersions(Mutiny.MutationQuery query, String table, List<Indexed<T>> rows) {
        query.setParameter(table + "Payloads", texts(rows, Payloads::write))
                .setParameter(
                        table + "Created",
                        rows.stream().map(Indexed::createIndex).toArray(Long[]::new))
                .setParameter(
                        table + "Modified",
                        rows.stream().map(Indexed::modifyIndex).toArray(Long[]::new));
    }

    private static <T> String[] texts(List<Indexed<T>> rows, Function<T, String> text) {
        return rows.stream().map(Indexed::value).map(text).toArray(String[]::new);
    }
}
