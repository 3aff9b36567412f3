package dev.entente.rest.body;

/** What a string of a body becomes before anybody else sees it. */
final class WellFormedText {
    private static final char REPLACEMENT = '\uFFFD';

    private WellFormedText() {}

    /**
     * Replaces halves of surrogate pairs, as Go's decoder does. U+0000 is refused: PostgreSQL keeps no text with it, and a write that
     * fails there takes others with it that were gathered into the same transaction.
     */
    static String of(StringBuilder text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == 0) {
                throw new MalformedBodyException("the character U+0000 cannot be stored");
            }
            if (Character.isHighSurrogate(each)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(each)) {
                text.setCharAt(i, REPLACEMENT);
            }
        }
        return text.toString();
    }
}
