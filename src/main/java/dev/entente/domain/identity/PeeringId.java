package dev.entente.domain.identity;

import java.util.regex.Pattern;

/** The UUID of a peering record, in lower case. */
public record PeeringId(String value) {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    public PeeringId {
        if (!UUID.matcher(value).matches()) {
            throw new IllegalArgumentException("not the UUID of a peering: " + value);
        }
    }

    public static boolean isValid(String text) {
        return UUID.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
