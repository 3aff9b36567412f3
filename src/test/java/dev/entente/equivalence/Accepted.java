package dev.entente.equivalence;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Differences between the products that are there on purpose. The table in docs/compatibility.md says the same.
 *
 * @param read the reads or steps that it is about
 * @param at the places in their answers
 * @param decidedBy whose product makes the difference: where it is the same in two pairs, these must not differ
 */
record Accepted(String reason, Pattern read, Pattern at, Decider decidedBy) {
    /** A side of a pair as seen from the one that answers. */
    enum Decider {
        ANSWERING,
        OTHER,
        EITHER,
        CHANCE;

        private boolean isSame(Pair left, Pair right, Side answering) {
            return switch (this) {
                case ANSWERING -> left.isLike(right, answering);
                case OTHER -> left.isLike(right, answering.other());
                case EITHER -> left.isLike(right, Side.A) && left.isLike(right, Side.B);
                case CHANCE -> false;
            };
        }
    }

    private static final List<Accepted> ALL = List.of(
            accepted(
                    "catalog reads obey peer=, where Consul answers with local data",
                    "/v1/catalog/.*peer=.*",
                    ".*",
                    Decider.ANSWERING),
            accepted(
                    "tokens have the members of later releases",
                    Lockstep.STEP,
                    "/\\d+/body/PeeringToken/(Remote/Locality|ManualServerAddresses)",
                    Decider.ANSWERING),
            accepted(
                    "an imported check keeps the tags that its service had when the check last changed, in Consul",
                    "/v1/(health/service/.*peer=|internal/ui/node).*",
                    "/body(/\\d+)?/Checks/\\d+/ServiceTags(/.*)?",
                    Decider.CHANCE));

    private static Accepted accepted(String reason, String read, String at, Decider decidedBy) {
        return new Accepted(reason, Pattern.compile(read), Pattern.compile(at), decidedBy);
    }

    static boolean covers(Pair left, Pair right, Side answering, String read, Difference difference) {
        return ALL.stream()
                .anyMatch(accepted -> accepted.read.matcher(read).matches()
                        && accepted.at.matcher(difference.at()).matches()
                        && !accepted.decidedBy.isSame(left, right, answering));
    }
}
