package dev.entente.domain.token;

/** Characters as Go's messages show them. */
final class GoQuote {
    private static final String SHORT_ESCAPES = "abtnvfr";

    private GoQuote() {}

    /** A byte in single quotes. */
    static String character(int character) {
        return "'" + escaped(character) + "'";
    }

    private static String escaped(int character) {
        if (character == '\'' || character == '\\') {
            return "\\" + (char) character;
        }
        if (character >= 0x07 && character <= 0x0d) {
            return "\\" + SHORT_ESCAPES.charAt(character - 0x07);
        }
        if (character < ' ' || character == 0x7f) {
            return String.format("\\x%02x", character);
        }
        if ((character >= 0x80 && character <= 0xa0) || character == 0xad) {
            return String.format("\\u%04x", character);
        }
        return String.valueOf((char) character);
    }
}
