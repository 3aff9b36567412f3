package dev.entente.domain.export;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Indexed;
import java.util.List;

/**
 * The one check under which an exported instance shows all of its checks (protocol chapter 5.3).
 *
 * <p>The status is the worst of them, as in newer releases; the 1.14 development line took the last one that does not pass.
 * Maintenance, which is told from the ids of checks, is worst of all and goes out as {@code critical}: importers of every release
 * take such an instance out of their answers, while the word {@code maintenance} would leave it in those that leave out only what
 * is critical.
 */
final class FlattenedCheck {
    private static final String NAME = "overall-check";

    private FlattenedCheck() {}

    /** The check of an instance: none when it has none, else exactly one. */
    static List<Check> of(List<Indexed<Check>> checks, String node, String serviceId, String serviceName) {
        if (checks.isEmpty()) {
            return List.of();
        }
        return List.of(new Check(
                node,
                serviceId + ":" + NAME,
                NAME,
                worst(checks),
                "",
                "",
                serviceId,
                serviceName,
                List.of(),
                "",
                "",
                "",
                0,
                CheckDefinition.NONE));
    }

    private static String worst(List<Indexed<Check>> checks) {
        boolean warning = false;
        for (Indexed<Check> check : checks) {
            String status = statusOf(check.value());
            if (status.equals(Check.CRITICAL)) {
                return status;
            }
            warning |= status.equals(Check.WARNING);
        }
        return warning ? Check.WARNING : Check.PASSING;
    }

    /** A word that is none of the three known ones counts as critical: what we do not understand is not passed off as healthy. */
    private static String statusOf(Check check) {
        boolean maintenance =
                check.id().equals(Check.NODE_MAINTENANCE) || check.id().startsWith(Check.SERVICE_MAINTENANCE_PREFIX);
        if (!maintenance && (check.isPassing() || check.status().equals(Check.WARNING))) {
            return check.status();
        }
        return Check.CRITICAL;
    }
}
