package dev.entente.domain.identity;

import java.util.Locale;
import java.util.regex.Pattern;

/** An admin partition, in lower case; {@code default} when none is named. */
public record PartitionName(String value) implements Comparable<PartitionName> {
    public static final PartitionName DEFAULT = new PartitionName("default");

    private static final Pattern LABEL = Pattern.compile("^[a-z0-9]([a-z0-9\\-]{0,61}[a-z0-9])?$");

    /** Checks what a user gave; blank means {@link #DEFAULT}. */
    public static Outcome<PartitionName> parse(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        if (name.isEmpty()) {
            return Outcome.accepted(DEFAULT);
        }
        if (LABEL.matcher(name).matches()) {
            return Outcome.accepted(new PartitionName(name));
        }
        return Outcome.refused(Refusal.badRequest("Invalid partition name \"" + text
                + "\": it must be 1 to 63 letters, digits or '-', and start and end with a letter or digit"));
    }

    public boolean isDefault() {
        return equals(DEFAULT);
    }

    /** What stands on the wire and in JSON: empty for the default partition. */
    public String external() {
        return isDefault() ? "" : value;
    }

    @Override
    public int compareTo(PartitionName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
