package dev.entente.postgres;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Loads the rows of one node in one statement. */
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

    private NodeRows() {}

    static Uni<NodeContent> load(StatelessSession session, NodeKey node, NodeReach reach, CarriedAddresses addresses) {
        Mutiny.SelectionQuery<Object[]> query = session.createNativeQuery(
                        reach.whole() ? WHOLE : SELECTED, Object[].class)
                .setParameter("partition", node.partition().value())
                .setParameter("node", node.name())
                .setParameter("nodeIds", reach.nodeIds().toArray(String[]::new));
        if (!reach.whole()) {
            query.setParameter("services", reach.services().toArray(String[]::new))
                    .setParameter("checks", reach.checks().toArray(String[]::new));
        }
        return query.getResultList().map(rows -> filled(new NodeContent(node.name(), reach, addresses), rows));
    }

    private static NodeContent filled(NodeContent content, List<Object[]> rows) {
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
}
