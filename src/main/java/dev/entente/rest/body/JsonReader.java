package dev.entente.rest.body;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first JSON value of a body and complains in the words of Go's decoder, which clients see; what follows the value is not
 * looked at (protocol chapter 6.1.9). Values are maps in the order of the text, lists, strings, {@link GoNumber}s, booleans and null.
 */
final class JsonReader {
    private static final int DEEPEST = 1000;
    private static final char DELETE = 0x7f;
    /** The first byte of most characters that have four. */
    private static final int FIRST_OF_FOUR = 0xf0;

    private static final String VALUE = "looking for beginning of value";

    private final String text;
    private int at;
    private int depth;

    private JsonReader(String text) {
        this.text = text;
    }

    static @Nullable Object read(byte[] body) {
        JsonReader reader = new JsonReader(new String(body, StandardCharsets.UTF_8));
        reader.skipSpace();
        if (reader.at == reader.text.length()) {
            throw new MalformedBodyException("EOF");
        }
        return reader.value();
    }

    private @Nullable Object value() {
        skipSpace();
        char first = peek();
        return switch (first) {
            case '{' -> nested(this::object);
            case '[' -> nested(this::array);
            case '"' -> string();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            default -> number(first);
        };
    }

    private <T> T nested(Supplier<T> read) {
        if (++depth > DEEPEST) {
            throw new MalformedBodyException("exceeded max depth");
        }
        T value = read.get();
        depth--;
        return value;
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        at++;
        skipSpace();
        if (peek() == '}') {
            at++;
            return members;
        }
        while (true) {
            skipSpace();
            if (peek() != '"') {
                throw invalid("looking for beginning of object key string");
            }
            String name = string();
            skipSpace();
            expect(':', "after object key");
            members.put(name, value());
            skipSpace();
            if (peek() == '}') {
                at++;
                return members;
            }
            expect(',', "after object key:value pair");
        }
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> items = new ArrayList<>();
        at++;
        skipSpace();
        if (peek() == ']') {
            at++;
            return items;
        }
        while (true) {
            items.add(value());
            skipSpace();
            if (peek() == ']') {
                at++;
                return items;
            }
            expect(',', "after array element");
        }
    }

    private String string() {
        StringBuilder value = new StringBuilder();
        at++;
        while (true) {
            char each = peek();
            if (each == '"') {
                at++;
                return WellFormedText.of(value);
            }
            if (each < ' ') {
                throw invalid("in string literal");
            }
            at++;
            value.append(each == '\\' ? escaped() : each);
        }
    }

    private char escaped() {
        char code = peek();
        char plain = switch (code) {
            case '"', '\\', '/' -> code;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> 0;
            default -> throw invalid("in string escape code");
        };
        at++;
        return code == 'u' ? unicode() : plain;
    }

    private char unicode() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw invalid("in \\u hexadecimal character escape");
            }
            value = value * 16 + digit;
            at++;
        }
        return (char) value;
    }

    private @Nullable Object literal(String word, @Nullable Object value) {
        at++;
        for (int i = 1; i < word.length(); i++) {
            if (peek() != word.charAt(i)) {
                throw invalid("in literal " + word + " (expecting " + quoted(word.charAt(i)) + ")");
            }
            at++;
        }
        return value;
    }

    private GoNumber number(char first) {
        int start = at;
        if (first == '-') {
            at++;
            digits("in numeric literal");
        } else if (Character.isDigit(first)) {
            digits(VALUE);
        } else {
            throw invalid(VALUE);
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits("after decimal point in numeric literal");
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits("in exponent of numeric literal");
        }
        return new GoNumber(text.substring(start, at));
    }

    private void digits(String where) {
        char first = peek();
        if (first < '0' || first > '9') {
            throw invalid(where);
        }
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw new MalformedBodyException("unexpected EOF");
        }
        return text.charAt(at);
    }

    private void expect(char wanted, String where) {
        if (peek() != wanted) {
            throw invalid(where);
        }
        at++;
    }

    private MalformedBodyException invalid(String where) {
        return new MalformedBodyException("invalid character " + quoted(peek()) + " " + where);
    }

    /** Go looks at bytes: of a character that has several it tells the first, as if that were a character. */
    private static String quoted(char character) {
        return switch (character) {
            case '\'' -> "'\\''";
            case '\\' -> "'\\\\'";
            case '\u0007' -> "'\\a'";
            case '\b' -> "'\\b'";
            case '\f' -> "'\\f'";
            case '\n' -> "'\\n'";
            case '\r' -> "'\\r'";
            case '\t' -> "'\\t'";
            case '\u000b' -> "'\\v'";
            default ->
                character < ' ' || character == DELETE
                        ? String.format("'\\x%02x'", (int) character)
                        : "'" + (char) firstByte(character) + "'";
        };
    }

    private static int firstByte(char character) {
        return Character.isSurrogate(character)
                ? FIRST_OF_FOUR
                : Byte.toUnsignedInt(String.valueOf(character).getBytes(StandardCharsets.UTF_8)[0]);
    }
}
