package dev.entente.postgres;

import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.engine.port.StoreUnavailableException;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tells failures of the store from refusals and from mistakes of ours. */
final class Failures {
    /** Serialization failure and deadlock: the transaction was undone and may be tried again. */
    private static final Set<String> REPEATABLE = Set.of("40001", "40P01");
    /** Classes of SQL states: connection, resources, operator intervention, system, statement or lock taking too long. */
    private static final Set<String> UNAVAILABLE = Set.of("08", "53", "57", "58", "55");

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String FOREIGN_KEY_VIOLATION = "23503";
    /** U+0000, the one character that text of PostgreSQL cannot have. */
    private static final String NO_TEXT = "22021";

    private static final int DEEPEST_CAUSE = 20;

    private Failures() {}

    static boolean isRepeatable(Throwable failure) {
        return REPEATABLE.contains(sqlState(failure));
    }

    static boolean isUniqueViolation(Throwable failure) {
        return UNIQUE_VIOLATION.equals(sqlState(failure));
    }

    static boolean isForeignKeyViolation(Throwable failure) {
        return FOREIGN_KEY_VIOLATION.equals(sqlState(failure));
    }

    /** Gives what callers are told: a typed failure when the store did not do its part, a refusal of what it cannot keep, or the failure. */
    static Throwable translate(Throwable failure) {
        if (failure instanceof StoreUnavailableException) {
            return failure;
        }
        String state = sqlState(failure);
        if (state.equals(NO_TEXT)) {
            return new RefusedException(Refusal.badRequest("A name must not contain the character U+0000"));
        }
        boolean unavailable = state.isEmpty()
                ? hasCause(failure, Failures::isOfTransport)
                : UNAVAILABLE.contains(state.substring(0, 2)) || REPEATABLE.contains(state);
        return unavailable ? new StoreUnavailableException("PostgreSQL is not available", failure) : failure;
    }

    private static boolean isOfTransport(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof TimeoutException
                || cause instanceof java.util.concurrent.TimeoutException
                || cause instanceof VertxException
                || cause instanceof NoStackTraceThrowable;
    }

    private static String sqlState(Throwable failure) {
        String[] found = {""};
        hasCause(failure, cause -> {
            String state = ownSqlState(cause);
            if (state != null && state.length() == 5) {
                found[0] = state;
            }
            return !found[0].isEmpty();
        });
        return found[0];
    }

    private static @Nullable String ownSqlState(Throwable cause) {
        if (cause instanceof PgException pg) {
            return pg.getSqlState();
        }
        return cause instanceof SQLException sql ? sql.getSQLState() : null;
    }

    private static boolean hasCause(Throwable failure, Predicate<Throwable> test) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (test.test(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
