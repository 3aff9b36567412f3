package dev.entente.domain.token;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Decodes padded standard base64 and tells of a fault where Consul's servers do, because their text names the byte (protocol
 * chapter 1.4, row 3). Line breaks are skipped; unused bits of the last character are not looked at.
 */
final class GoBase64 {
    private static final int SOUND = -1;

    private final byte[] source;
    private int at;

    private GoBase64(byte[] source) {
        this.source = source;
    }

    static Outcome<byte[]> decode(String text) {
        byte[] source = text.getBytes(StandardCharsets.UTF_8);
        int fault = new GoBase64(source).fault();
        if (fault != SOUND) {
            return Outcome.refused(
                    Refusal.invalid("failed to decode token: illegal base64 data at input byte " + fault));
        }
        return Outcome.accepted(
                Base64.getDecoder().decode(text.replace("\r", "").replace("\n", "")));
    }

    /** The offset that the text names, or {@link #SOUND}. */
    private int fault() {
        int inGroup = 0;
        while (at < source.length) {
            byte next = source[at++];
            if (isDigit(next)) {
                inGroup = (inGroup + 1) % 4;
            } else if (next == '=') {
                return faultOfPadding(inGroup);
            } else if (!isLineBreak(next)) {
                return at - 1;
            }
        }
        return inGroup == 0 ? SOUND : source.length - inGroup;
    }

    /** What is wrong from the first padding character on, which has just been read. */
    private int faultOfPadding(int inGroup) {
        if (inGroup < 2) {
            return at - 1;
        }
        if (inGroup == 2) {
            skipLineBreaks();
            if (at == source.length) {
                return at;
            }
            if (source[at] != '=') {
                return at - 1;
            }
            at++;
        }
        skipLineBreaks();
        return at < source.length ? at : SOUND;
    }

    private void skipLineBreaks() {
        while (at < source.length && isLineBreak(source[at])) {
            at++;
        }
    }

    private static boolean isLineBreak(byte character) {
        return character == '\n' || character == '\r';
    }

    private static boolean isDigit(byte character) {
        return (character >= 'A' && character <= 'Z')
                || (character >= 'a' && character <= 'z')
                || (character >= '0' && character <= '9')
                || character == '+'
                || character == '/';
    }
}
