package dev.entente.rest.body;

import java.util.List;
import java.util.Map;

/**
 * Where the members of an object stand in a body, as complaints tell it (protocol chapter 6.1.9).
 *
 * @param struct the struct that holds them
 * @param path the names of the members on the way to them, each with a dot behind it
 * @param isPart whether what is nested counts as part of that struct
 */
record Place(String struct, String path, boolean isPart) {
    private static final String ALIAS = "Alias.";

    /** @param text the name of the struct; with a dot before it, that of a part of a struct without name */
    static Place ofBody(String text) {
        return text.startsWith(".") ? new Place("", text.substring(1) + ".", false) : new Place(text, "", false);
    }

    Place in(String name, GoType type) {
        String inside = path + name + "." + (type.readsItself() ? ALIAS : "");
        boolean nowPart = isPart || type.readsItself();
        return new Place(nowPart ? struct : type.struct(), inside, nowPart);
    }

    String of(String name) {
        return struct + "." + path + name;
    }

    /** Other spellings of a name are known to the reader only, not to what it reads. */
    String ofOther(String name) {
        String outside = path.endsWith(ALIAS) ? path.substring(0, path.length() - ALIAS.length()) : path;
        return struct + "." + outside + name;
    }

    static String complaint(String what, String where, String goType) {
        return "json: cannot unmarshal " + what + " into Go struct field " + where + " of type " + goType;
    }

    static String describe(Object value) {
        if (value instanceof Map<?, ?>) {
            return "object";
        }
        if (value instanceof List<?>) {
            return "array";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        return value instanceof GoNumber ? "number" : "string";
    }
}
