package dev.entente.rest.json;

import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.nio.charset.StandardCharsets;

/** The form that {@code ?pretty} asks for: four spaces, and a newline at the end (protocol chapter 6.1.4). */
public final class Indented {
    private static final byte[] STEP = "    ".getBytes(StandardCharsets.US_ASCII);

    private final ByteArrayBuilder out;
    private int depth;

    private Indented(int size) {
        out = new ByteArrayBuilder(size);
    }

    /** Indents a compact document. */
    public static byte[] of(byte[] compact) {
        Indented indented = new Indented(compact.length * 2);
        indented.writeAll(compact);
        return indented.out.toByteArray();
    }

    private void writeAll(byte[] compact) {
        boolean inText = false;
        for (int i = 0; i < compact.length; i++) {
            byte each = compact[i];
            if (inText) {
                out.write(each);
                if (each == '\\') {
                    out.write(compact[++i]);
                } else if (each == '"') {
                    inText = false;
                }
            } else if (isOpening(each) && i + 1 < compact.length && isClosing(compact[i + 1])) {
                out.write(each);
                out.write(compact[++i]);
            } else {
                inText = each == '"';
                writeOutside(each);
            }
        }
        out.write('\n');
    }

    private void writeOutside(byte each) {
        if (isOpening(each)) {
            out.write(each);
            depth++;
            newLine();
        } else if (isClosing(each)) {
            depth--;
            newLine();
            out.write(each);
        } else if (each == ',') {
            out.write(each);
            newLine();
        } else if (each == ':') {
            out.write(each);
            out.write(' ');
        } else {
            out.write(each);
        }
    }

    private void newLine() {
        out.write('\n');
        for (int i = 0; i < depth; i++) {
            out.write(STEP, 0, STEP.length);
        }
    }

    private static boolean isOpening(byte each) {
        return each == '{' || each == '[';
    }

    private static boolean isClosing(byte each) {
        return each == '}' || each == ']';
    }
}
