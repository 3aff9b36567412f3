package dev.entente.domain.intention;

import java.util.Optional;
import java.util.regex.Pattern;

/** The ids of intentions that were made through the deprecated endpoints (protocol chapter 6.7). */
public final class IntentionId {
    private static final int LENGTH = 36;
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private IntentionId() {}

    /** Why a text cannot be an id, in Consul's words. */
    public static Optional<String> fault(String id) {
        if (id.length() != LENGTH) {
            return Optional.of("failed config entry lookup: index error: UUID must be 36 characters");
        }
        return UUID.matcher(id).matches()
                ? Optional.empty()
                : Optional.of("failed config entry lookup: index error: Invalid UUID: " + id);
    }
}
