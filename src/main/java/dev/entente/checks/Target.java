package dev.entente.checks;

import java.util.Optional;

/** A host and a port, as they stand in the definition of a check. */
record Target(String host, int port) {

    /** Takes {@code host:port}, with an IPv6 host in brackets. */
    static Optional<Target> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            return port < 0 || port > 65_535
                    ? Optional.empty()
                    : Optional.of(new Target(host.isEmpty() ? "127.0.0.1" : host, port));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
