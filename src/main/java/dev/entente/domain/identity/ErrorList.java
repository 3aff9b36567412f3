package dev.entente.domain.identity;

import java.util.List;
import java.util.stream.Collectors;

/** Several errors told as one text, in the form that Consul's clients know: a count, then one line per error. */
public final class ErrorList {
    private ErrorList() {}

    /** The text for at least one error; it ends with an empty line. */
    public static String text(List<String> errors) {
        String count = errors.size() == 1 ? "1 error occurred:" : errors.size() + " errors occurred:";
        return errors.stream().map(error -> "\n\t* " + error).collect(Collectors.joining("", count, "\n\n"));
    }
}
