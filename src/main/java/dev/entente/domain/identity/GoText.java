package dev.entente.domain.identity;

/** Texts as Consul, a Go program, writes them into its errors. */
public final class GoText {
    private GoText() {}

    /** A text in double quotes, with the characters escaped that Go's {@code %q} escapes (protocol document, notation). */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(point -> append(quoted, point));
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, int point) {
        if (point == '"' || point == '\\') {
            quoted.append('\\').appendCodePoint(point);
        } else if (point >= ' ' && point < 0x7f) {
            quoted.appendCodePoint(point);
        } else if (point < ' ' && "\u0007\b\f\n\r\t\u000b".indexOf(point) >= 0) {
            quoted.append('\\').append("abfnrtv".charAt("\u0007\b\f\n\r\t\u000b".indexOf(point)));
        } else if (point < ' ' || point == 0x7f) {
            quoted.append(String.format("\\x%02x", point));
        } else if (isPrintable(point)) {
            quoted.appendCodePoint(point);
        } else {
            quoted.append(point > 0xffff ? String.format("\\U%08x", point) : String.format("\\u%04x", point));
        }
    }

    private static boolean isPrintable(int point) {
        int type = Character.getType(point);
        return Character.isDefined(point)
                && type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.PRIVATE_USE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SPACE_SEPARATOR;
    }
}
