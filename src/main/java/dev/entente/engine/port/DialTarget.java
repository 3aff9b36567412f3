package dev.entente.engine.port;

import java.util.List;

/**
 * One address of another cluster.
 *
 * @param address host and port
 * @param serverName the TLS name to ask for and to verify; unused without CAs
 * @param caPems the only roots to trust; empty means plaintext (protocol chapter 1.4)
 */
public record DialTarget(String address, String serverName, List<String> caPems) {
    public DialTarget {
        caPems = List.copyOf(caPems);
    }
}
