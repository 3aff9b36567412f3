package dev.entente.domain.catalog;

import java.util.Optional;

/** What the id of a node must look like, with Consul's texts. */
final class NodeId {
    private static final int LENGTH = 36;

    private NodeId() {}

    /** Why the text is no UUID; empty when it is one. */
    static Optional<String> complaint(String id) {
        if (id.length() != LENGTH) {
            return Optional.of("uuid string is wrong length");
        }
        for (int dash : new int[] {8, 13, 18, 23}) {
            if (id.charAt(dash) != '-') {
                return Optional.of("uuid is improperly formatted");
            }
        }
        return id.chars()
                .filter(character -> character != '-' && Character.digit(character, 16) < 0)
                .mapToObj(character -> String.format("encoding/hex: invalid byte: U+%04X '%c'", character, character))
                .findFirst();
    }
}
