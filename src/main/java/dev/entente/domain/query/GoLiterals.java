package dev.entente.domain.query;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values as Go reads them from texts. */
final class GoLiterals {
    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");
    private static final Pattern INTEGER = Pattern.compile("([+-]?)(?:0[xX]_?([0-9a-fA-F]+(?:_[0-9a-fA-F]+)*)"
            + "|0[bB]_?([01]+(?:_[01]+)*)|0[oO]?_?([0-7]+(?:_[0-7]+)*)|(0|[1-9][0-9]*(?:_[0-9]+)*))");
    private static final BigInteger SMALLEST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    private GoLiterals() {}

    static Optional<Boolean> flag(String text) {
        if (TRUE.contains(text)) {
            return Optional.of(true);
        }
        return FALSE.contains(text) ? Optional.of(false) : Optional.empty();
    }

    /** A whole number of any base; absent for what is none, and {@link Long} alone does not hold all that are. */
    static Optional<BigInteger> integer(String text) {
        Matcher matcher = INTEGER.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int[] bases = {16, 2, 8, 10};
        for (int i = 0; i < bases.length; i++) {
            String digits = matcher.group(i + 2);
            if (digits != null) {
                BigInteger magnitude = new BigInteger(digits.replace("_", ""), bases[i]);
                return Optional.of(matcher.group(1).equals("-") ? magnitude.negate() : magnitude);
            }
        }
        return Optional.empty();
    }

    static OptionalLong asLong(BigInteger number) {
        return number.compareTo(SMALLEST) < 0 || number.compareTo(LARGEST) > 0
                ? OptionalLong.empty()
                : OptionalLong.of(number.longValue());
    }

    /** The text inside a literal in double quotes or backquotes; absent when its escapes are wrong. */
    static Optional<String> unquoted(String literal) {
        String inner = literal.substring(1, literal.length() - 1);
        if (literal.charAt(0) == '`') {
            return Optional.of(inner.replace("\r", ""));
        }
        if (inner.indexOf('\n') >= 0) {
            return Optional.empty();
        }
        return inner.indexOf('\\') < 0 ? Optional.of(inner) : new Escapes(inner).resolved();
    }

    /** The escapes of a text in double quotes. */
    private static final class Escapes {
        private static final String SHORT = "abfnrtv\\\"";
        private static final String MEANING = "\u0007\b\f\n\r\t\u000b\\\"";

        private final String text;
        private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        private int at;

        Escapes(String text) {
            this.text = text;
        }

        Optional<String> resolved() {
            while (at < text.length()) {
                if (!(text.charAt(at) == '\\' ? escape() : plain())) {
                    return Optional.empty();
                }
            }
            return Optional.of(bytes.toString(java.nio.charset.StandardCharsets.UTF_8));
        }

        private boolean plain() {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            return add(point);
        }

        private boolean add(int point) {
            bytes.writeBytes(Character.toString(point).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return true;
        }

        private boolean escape() {
            if (++at >= text.length()) {
                return false;
            }
            char kind = text.charAt(at);
            int meaning = SHORT.indexOf(kind);
            if (meaning >= 0) {
                at++;
                return add(MEANING.charAt(meaning));
            }
            return switch (kind) {
                case 'x' -> aByte(1, 2, 16);
                case 'u' -> character(4);
                case 'U' -> character(8);
                default -> kind >= '0' && kind <= '7' && aByte(0, 3, 8);
            };
        }

        private boolean aByte(int skip, int digits, int base) {
            int value = number(skip, digits, base);
            if (value < 0 || value > 0xff) {
                return false;
            }
            bytes.write(value);
            return true;
        }

        private boolean character(int digits) {
            int value = number(1, digits, 16);
            boolean isCharacter = Character.isValidCodePoint(value) && (value < 0xd800 || value > 0xdfff);
            return isCharacter && add(value);
        }

        private int number(int skip, int digits, int base) {
            int end = at + skip + digits;
            if (end > text.length()) {
                return -1;
            }
            int value = 0;
            for (int i = at + skip; i < end; i++) {
                int digit = Character.digit(text.charAt(i), base);
                if (digit < 0 || value > Character.MAX_CODE_POINT) {
                    return -1;
                }
                value = value * base + digit;
            }
            at = end;
            return value;
        }
    }
}
