package dev.entente.domain.token;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON value of a token; purpose-made because the domain knows no JSON library and because the texts of faults are
 * observable (protocol chapter 1.4, row 4). Works on bytes, as those texts name bytes.
 *
 * <p>Values come out as {@link Members}, {@link List}, {@link String}, {@link Boolean}, {@link JsonNumber} or null.
 */
final class JsonReader {
    /** Far more than any token has, and far less than the stack takes. */
    private static final int MAX_DEPTH = 500;

    /** The members of an object in the order in which they stand, doubles included. */
    record Members(List<Member> members) {}

    /** One member of an object. */
    record Member(String name, @Nullable Object value) {}

    /** A number, unread: no member of a token is one. */
    record JsonNumber(String text) {}

    private final byte[] source;
    private int at;
    private int depth;

    private JsonReader(byte[] source) {
        this.source = source;
    }

    static @Nullable Object read(byte[] source) throws JsonSyntaxException {
        JsonReader reader = new JsonReader(source);
        Object value = reader.value();
        reader.skipSpace();
        if (reader.at < source.length) {
            throw reader.unexpected("after top-level value");
        }
        return value;
    }

    private @Nullable Object value() throws JsonSyntaxException {
        skipSpace();
        int next = peek();
        return switch (next) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            default -> otherwise(next);
        };
    }

    private JsonNumber otherwise(int next) throws JsonSyntaxException {
        if (next == '-' || isDigit(next)) {
            return number();
        }
        throw unexpected("looking for beginning of value");
    }

    private Members object() throws JsonSyntaxException {
        enter();
        List<Member> members = new ArrayList<>();
        skipSpace();
        if (peek() != '}') {
            do {
                members.add(member());
            } while (another('}', "after object key:value pair"));
        } else {
            at++;
        }
        depth--;
        return new Members(List.copyOf(members));
    }

    private Member member() throws JsonSyntaxException {
        skipSpace();
        if (peek() != '"') {
            throw unexpected("looking for beginning of object key string");
        }
        String name = string();
        skipSpace();
        if (peek() != ':') {
            throw unexpected("after object key");
        }
        at++;
        return new Member(name, value());
    }

    private List<@Nullable Object> array() throws JsonSyntaxException {
        enter();
        List<@Nullable Object> elements = new ArrayList<>();
        skipSpace();
        if (peek() != ']') {
            do {
                elements.add(value());
            } while (another(']', "after array element"));
        } else {
            at++;
        }
        depth--;
        return elements;
    }

    private void enter() throws JsonSyntaxException {
        at++;
        if (++depth > MAX_DEPTH) {
            throw new JsonSyntaxException("exceeded max depth");
        }
    }

    /** After an element: true when a comma announces one more, false at the end. */
    private boolean another(char end, String context) throws JsonSyntaxException {
        skipSpace();
        int next = peek();
        if (next != ',' && next != end) {
            throw unexpected(context);
        }
        at++;
        return next == ',';
    }

    private @Nullable Object literal(String word, @Nullable Object meaning) throws JsonSyntaxException {
        for (int i = 0; i < word.length(); i++, at++) {
            if (peek() != word.charAt(i)) {
                throw unexpected("in literal " + word + " (expecting '" + word.charAt(i) + "')");
            }
        }
        return meaning;
    }

    private JsonNumber number() throws JsonSyntaxException {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        if (at < source.length && source[at] == '0') {
            at++;
        } else {
            digits("in numeric literal");
        }
        if (at < source.length && source[at] == '.') {
            at++;
            digits("after decimal point in numeric literal");
        }
        if (at < source.length && (source[at] == 'e' || source[at] == 'E')) {
            at++;
            if (at < source.length && (source[at] == '+' || source[at] == '-')) {
                at++;
            }
            digits("in exponent of numeric literal");
        }
        return new JsonNumber(new String(source, start, at - start, StandardCharsets.US_ASCII));
    }

    private void digits(String context) throws JsonSyntaxException {
        if (!isDigit(peek())) {
            throw unexpected(context);
        }
        while (at < source.length && isDigit(source[at])) {
            at++;
        }
    }

    private String string() throws JsonSyntaxException {
        at++;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (peek() != '"') {
            if (peek() == '\\') {
                at++;
                escape(text);
            } else if (peek() < ' ') {
                throw unexpected("in string literal");
            } else {
                text.write(source[at++]);
            }
        }
        at++;
        return text.toString(StandardCharsets.UTF_8);
    }

    private void escape(ByteArrayOutputStream text) throws JsonSyntaxException {
        int meaning = "\"\\/\b\f\n\r\t".indexOf(unescaped(peek()));
        if (peek() == 'u') {
            at++;
            text.writeBytes(codePoint().getBytes(StandardCharsets.UTF_8));
        } else if (meaning < 0) {
            throw unexpected("in string escape code");
        } else {
            text.write(unescaped(peek()));
            at++;
        }
    }

    private static int unescaped(int escape) {
        return switch (escape) {
            case '"', '\\', '/' -> escape;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> 0;
        };
    }

    /** A character given by its number; half of a pair without the other becomes the replacement character. */
    private String codePoint() throws JsonSyntaxException {
        char unit = hexUnit();
        if (!Character.isSurrogate(unit)) {
            return String.valueOf(unit);
        }
        int afterFirst = at;
        if (Character.isHighSurrogate(unit) && at + 1 < source.length && source[at] == '\\' && source[at + 1] == 'u') {
            at += 2;
            char second = hexUnit();
            if (Character.isLowSurrogate(second)) {
                return new String(new char[] {unit, second});
            }
            at = afterFirst;
        }
        return "\uFFFD";
    }

    private char hexUnit() throws JsonSyntaxException {
        int unit = 0;
        for (int i = 0; i < 4; i++, at++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw unexpected("in \\u hexadecimal character escape");
            }
            unit = unit * 16 + digit;
        }
        return (char) unit;
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    private void skipSpace() {
        while (at < source.length && " \t\r\n".indexOf(source[at]) >= 0) {
            at++;
        }
    }

    private int peek() throws JsonSyntaxException {
        if (at >= source.length) {
            throw new JsonSyntaxException("unexpected end of JSON input");
        }
        return source[at] & 0xff;
    }

    private JsonSyntaxException unexpected(String context) throws JsonSyntaxException {
        return new JsonSyntaxException("invalid character " + GoQuote.character(peek()) + " " + context);
    }
}
