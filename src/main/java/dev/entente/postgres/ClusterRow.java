package dev.entente.postgres;

import io.smallrye.mutiny.Uni;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** The one row about the cluster; made by the first who asks for it, and then never changed but for its epoch. */
final class ClusterRow {
    private static final String SELECT = "select cluster_id from cluster_state";
    /** The update that changes nothing gives the row back to those who came second. */
    private static final String INSERT = """
            insert into cluster_state (cluster_id) values (cast(gen_random_uuid() as text))
            on conflict (id) do update set cluster_id = cluster_state.cluster_id
            returning cluster_id
            """;

    private ClusterRow() {}

    /** The cluster's UUID. */
    static Uni<String> id(StatelessSession session) {
        return session.createNativeQuery(SELECT, String.class)
                .getSingleResultOrNull()
                .onItem()
                .ifNull()
                .switchTo(() -> session.createNativeQuery(INSERT, String.class).getSingleResult());
    }
}
