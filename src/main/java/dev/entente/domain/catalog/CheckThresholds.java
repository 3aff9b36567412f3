package dev.entente.domain.catalog;

import java.util.Optional;

/**
 * How many results in a row it takes until a check's status follows them (Consul's {@code SuccessBeforePassing},
 * {@code FailuresBeforeWarning} and {@code FailuresBeforeCritical}). The first result of all counts at once.
 *
 * @param successes and {@code failures}: results in a row so far
 */
public record CheckThresholds(
        int successBeforePassing, int failuresBeforeWarning, int failuresBeforeCritical, int successes, int failures) {

    /** The beginning, as a definition wants it. */
    public static CheckThresholds of(CheckDefinition run) {
        int warning = run.failuresBeforeWarning() == 0 ? run.failuresBeforeCritical() : run.failuresBeforeWarning();
        return new CheckThresholds(
                run.successBeforePassing(),
                warning,
                run.failuresBeforeCritical(),
                run.successBeforePassing(),
                run.failuresBeforeCritical());
    }

    /**
     * What one result leads to.
     *
     * @param status empty when the check keeps the status that it has
     */
    public record Step(CheckThresholds next, Optional<String> status) {}

    /** Takes a result; a warning counts as a success. */
    public Step after(String result) {
        return result.equals(Check.PASSING) || result.equals(Check.WARNING)
                ? afterSuccess(result)
                : afterFailure(result);
    }

    private Step afterSuccess(String result) {
        CheckThresholds next = counted(successes + 1, 0);
        return new Step(next, next.successes >= successBeforePassing ? Optional.of(result) : Optional.empty());
    }

    private Step afterFailure(String result) {
        CheckThresholds next = counted(0, failures + 1);
        if (next.failures >= failuresBeforeCritical) {
            return new Step(next, Optional.of(result));
        }
        return new Step(next, next.failures >= failuresBeforeWarning ? Optional.of(Check.WARNING) : Optional.empty());
    }

    private CheckThresholds counted(int newSuccesses, int newFailures) {
        return new CheckThresholds(
                successBeforePassing, failuresBeforeWarning, failuresBeforeCritical, newSuccesses, newFailures);
    }
}
