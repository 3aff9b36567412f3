package dev.entente.postgres;

import dev.entente.config.StoreConfig;
import dev.entente.engine.port.Committed;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Runs work in the database: on a context of its own, within the time that a call may take, with failures told apart, and
 * transactions that the database undid for the sake of others tried again.
 */
@ApplicationScoped
class Transactions {
    private static final int RETRIES = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
    private static final int LONGER_FOR_ALL = 6;
    /**
     * The locks are taken in the order given and all of them before the first version is drawn: that makes the versions of a row
     * grow in the order of the commits, also over its deletion and creation anew. The one that all share comes before the others:
     * nobody who holds one of those may have to wait for it.
     */
    private static final String LOCK_THEN_DRAW = """
            with locks as materialized (
                   select case when k = cast(:changes as bigint) then pg_advisory_xact_lock_shared(k) else pg_advisory_xact_lock(k) end
                     from unnest(array_prepend(cast(:changes as bigint), cast(:locks as bigint[]))) as k),
                 held as materialized (select count(*) from locks)
            select nextval('change_version') from held, generate_series(1, cast(:versions as integer)) order by 1
            """;

    private final Mutiny.SessionFactory sessions;
    private final OnContext onContext;
    private final Duration timeout;

    Transactions(Mutiny.SessionFactory sessions, OnContext onContext, StoreConfig config) {
        this.sessions = sessions;
        this.onContext = onContext;
        timeout = config.timeout();
    }

    /** Reads without a transaction. */
    <T> Uni<T> reading(Function<Mutiny.StatelessSession, Uni<T>> work) {
        return bounded(timeout, sessions::withStatelessSession, work);
    }

    /** Reads everything there is of something, which may take longer than other calls. */
    <T> Uni<T> readingAll(Function<Mutiny.StatelessSession, Uni<T>> work) {
        return bounded(timeout.multipliedBy(LONGER_FOR_ALL), sessions::withStatelessSession, work);
    }

    /** Runs one transaction without a lock or a version. */
    <T> Uni<T> writing(Function<Mutiny.StatelessSession, Uni<T>> work) {
        return bounded(timeout, sessions::withStatelessTransaction, work);
    }

    /** Runs one transaction under the lock of one aggregate; what it changed is committed together with its outbox row. */
    <T> Uni<Committed<T>> locked(LockKey lock, Function<Transaction, Uni<T>> work) {
        return locked(List.of(lock), work);
    }

    /** The same under several locks. */
    <T> Uni<Committed<T>> locked(List<LockKey> locks, Function<Transaction, Uni<T>> work) {
        return locked(locks, 1, (session, versions) -> {
            Transaction transaction = new Transaction(session, versions.get(0));
            return work.apply(transaction).chain(transaction::commit);
        });
    }

    /** Runs one transaction under locks, with as many versions as asked for, in growing order. */
    <T> Uni<T> locked(List<LockKey> locks, int versions, LockedWork<T> work) {
        return writing(session -> session.createNativeQuery(LOCK_THEN_DRAW, Long.class)
                .setParameter("changes", LockKey.CHANGES.number())
                .setParameter("locks", locks.stream().map(LockKey::number).toArray(Long[]::new))
                .setParameter("versions", versions)
                .getResultList()
                .chain(drawn -> work.apply(session, drawn)));
    }

    /** What is done under a lock. */
    @FunctionalInterface
    interface LockedWork<T> {
        Uni<T> apply(Mutiny.StatelessSession session, List<Long> versions);
    }

    /** Fails what takes longer than one call may. */
    <T> Uni<T> withinTime(Uni<T> call) {
        return within(timeout, call);
    }

    private static <T> Uni<T> within(Duration longest, Uni<T> call) {
        return call.ifNoItem().after(longest).fail().onFailure().transform(Failures::translate);
    }

    /** Opens a session for some work. */
    private interface Opening<T> extends Function<Function<Mutiny.StatelessSession, Uni<T>>, Uni<T>> {}

    private <T> Uni<T> bounded(Duration longest, Opening<T> opening, Function<Mutiny.StatelessSession, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            Deadline deadline = Deadline.after(longest);
            return within(
                    longest, repeated(() -> opening.apply(session -> deadline.unlessOver(() -> work.apply(session)))));
        });
    }

    private <T> Uni<T> repeated(Supplier<Uni<T>> work) {
        return onContext
                .run(work)
                .onFailure(Failures::isRepeatable)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .atMost(RETRIES);
    }

    /** When the caller has stopped waiting: what waited that long for a connection is not begun any more. */
    private record Deadline(long nanoTime) {
        static Deadline after(Duration duration) {
            return new Deadline(System.nanoTime() + duration.toNanos());
        }

        <T> Uni<T> unlessOver(Supplier<Uni<T>> work) {
            return System.nanoTime() - nanoTime < 0
                    ? work.get()
                    : Uni.createFrom().failure(TimeoutException::new);
        }
    }
}
