package dev.entente.postgres;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.Outbox;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * The outbox rows. Rows that were published are deleted together, some time later; when the buffer is full or the process dies,
 * a row stays and is published once more, which is harmless.
 */
@ApplicationScoped
class PostgresOutbox implements Outbox {
    private static final Logger LOG = Logger.getLogger(PostgresOutbox.class);
    private static final Duration DELETE_EVERY = Duration.ofMillis(100);
    private static final int BUFFER = 50_000;
    private static final int AT_ONCE = 5_000;
    private static final String DELETE = "delete from outbox where id = any(cast(:ids as bigint[]))";
    private static final String OVERDUE = """
            select id, partition, changes from outbox
             where committed_at < clock_timestamp() - make_interval(secs => cast(:seconds as double precision))
             order by id limit :rows
            """;

    private final Transactions transactions;
    private final Vertx vertx;
    private final BlockingQueue<Long> published = new ArrayBlockingQueue<>(BUFFER);
    private final AtomicBoolean deleting = new AtomicBoolean();
    private long timer;

    PostgresOutbox(Transactions transactions, Vertx vertx) {
        this.transactions = transactions;
        this.vertx = vertx;
    }

    void onStart(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(DELETE_EVERY.toMillis(), tick -> deleteInBackground());
    }

    void onStop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    @Override
    public Uni<Void> published(long id) {
        if (id != 0 && !published.offer(id)) {
            LOG.debug("The buffer of published outbox rows is full; the row is left to the sweeper");
        }
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<List<Pending>> overdue(Duration age, int limit) {
        return transactions.reading(session -> session.createNativeQuery(OVERDUE, Object[].class)
                .setParameter("seconds", age.toMillis() / 1000.0)
                .setParameter("rows", limit)
                .getResultList()
                .map(rows -> rows.stream().map(PostgresOutbox::pending).toList()));
    }

    /** One delete at a time; what could not be deleted is left to the sweeper. */
    private void deleteInBackground() {
        if (published.isEmpty() || !deleting.compareAndSet(false, true)) {
            return;
        }
        List<Long> ids = new ArrayList<>();
        published.drainTo(ids, AT_ONCE);
        transactions
                .writing(session -> session.createNativeQuery(DELETE)
                        .setParameter("ids", ids.toArray(Long[]::new))
                        .executeUpdate())
                .onTermination()
                .invoke(() -> deleting.set(false))
                .subscribe()
                .with(rows -> {}, failure -> LOG.debugf(failure, "Published outbox rows were not deleted"));
    }

    private static Pending pending(Object[] row) {
        return new Pending(
                ((Number) row[0]).longValue(), new PartitionName((String) row[1]), Payloads.readChanges((String)
                        row[2]));
    }
}
