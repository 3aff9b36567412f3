package dev.entente.engine.port;

import java.util.Locale;

/** The keys of records that have more than one part; the parts are joined by a character that no name may contain. */
public final class Keys {
    /** Separates the parts of a key. */
    public static final char SEPARATOR = '\u001f';

    private Keys() {}

    public static String node(String node) {
        return node;
    }

    public static String service(String node, String serviceId) {
        return node + SEPARATOR + serviceId;
    }

    public static String check(String node, String checkId) {
        return node + SEPARATOR + checkId;
    }

    /** Names of entries are the same in whatever case they are written. */
    public static String configEntry(String kind, String name) {
        return kind + SEPARATOR + name.toLowerCase(Locale.ROOT);
    }
}
