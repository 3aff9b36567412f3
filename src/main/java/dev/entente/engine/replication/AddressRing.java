package dev.entente.engine.replication;

import java.util.List;

/**
 * The addresses of a peer, one after the other, round and round (protocol chapter 3.2). When they change, the round goes on behind
 * the address that was used last: that is the one that just failed.
 */
final class AddressRing {
    private String last = "";

    /** The next address; there must be one. */
    String next(List<String> addresses) {
        last = addresses.get((addresses.indexOf(last) + 1) % addresses.size());
        return last;
    }
}
