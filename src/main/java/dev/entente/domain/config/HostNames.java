package dev.entente.domain.config;

import java.nio.charset.StandardCharsets;

/** Names of hosts, by the sizes that DNS allows and nothing else: a name with a space passes, as it does in Consul. */
final class HostNames {
    private static final int MAX_LABEL = 63;
    /** The bytes of all labels with their lengths and the end, as they stand in a message. */
    private static final int MAX_WIRE = 255;

    private HostNames() {}

    /** Whether this is the name of one host or an address. */
    static boolean isAddressOrName(String text) {
        return text.indexOf('*') < 0 && isName(text);
    }

    /** Whether the labels of a name have sizes that DNS can carry; an address has them too. */
    static boolean isName(String text) {
        if (text.isEmpty()) {
            return false;
        }
        if (text.equals(".")) {
            return true;
        }
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        int wire = 1;
        for (String label : name.split("\\.", -1)) {
            int bytes = label.getBytes(StandardCharsets.UTF_8).length;
            if (bytes == 0 || bytes > MAX_LABEL) {
                return false;
            }
            wire += bytes + 1;
        }
        return wire <= MAX_WIRE;
    }
}
