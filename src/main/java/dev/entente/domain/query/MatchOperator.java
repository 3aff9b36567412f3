package dev.entente.domain.query;

/** How a filter compares; the texts are what complaints show. */
enum MatchOperator {
    EQUAL("Equal"),
    NOT_EQUAL("Not Equal"),
    IN("In"),
    NOT_IN("Not In"),
    IS_EMPTY("Is Empty"),
    IS_NOT_EMPTY("Is Not Empty"),
    MATCHES("Matches"),
    NOT_MATCHES("Not Matches");

    private final String shown;

    MatchOperator(String shown) {
        this.shown = shown;
    }

    String shown() {
        return shown;
    }

    boolean isNegated() {
        return switch (this) {
            case NOT_EQUAL, NOT_IN, IS_NOT_EMPTY, NOT_MATCHES -> true;
            case EQUAL, IN, IS_EMPTY, MATCHES -> false;
        };
    }

    /** What holds for a key that a map does not have; the last two lines are Consul's, however odd the second of them is. */
    boolean holdsForMissingKey() {
        return switch (this) {
            case EQUAL, IN, IS_NOT_EMPTY -> false;
            case NOT_EQUAL, NOT_IN, IS_EMPTY -> true;
            case MATCHES, NOT_MATCHES -> true;
        };
    }
}
