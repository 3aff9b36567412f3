package dev.entente.domain.identity;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name by which this cluster knows a peer; keeps its spelling, is unique and looked up without case (protocol chapters 1.3
 * and 7.5).
 */
public record PeerName(String value) {
    private static final Pattern LABEL = Pattern.compile("^[a-zA-Z0-9]([a-zA-Z0-9\\-]{0,61}[a-zA-Z0-9])?$");

    /** Checks what a user gave (protocol chapter 1.3, step 3). */
    public static Outcome<PeerName> parse(String text) {
        if (LABEL.matcher(text).matches()) {
            return Outcome.accepted(new PeerName(text));
        }
        return Outcome.refused(Refusal.invalid(text
                + " is not a valid peer name: a valid DNS label must consist of lower case alphanumeric characters or '-',"
                + " and must start and end with an alphanumeric character"));
    }

    /** The form under which the peer is stored and looked up. */
    public String key() {
        return value.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return value;
    }
}
