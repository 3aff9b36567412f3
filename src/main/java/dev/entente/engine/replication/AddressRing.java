package dev.entente.engine.replication;

import java.util.List;

/** The addresses of a peer, one after the other, round and round (protocol chapter 3.2); begun anew when they change. */
final class AddressRing {
    private List<String> addresses = List.of();
    private int next;

    /** The next address; the ring must not be empty. */
    String next(List<String> current) {
        if (!current.equals(addresses)) {
            addresses = List.copyOf(current);
            next = 0;
        }
        String address = addresses.get(next % addresses.size());
        next = (next + 1) % addresses.size();
        return address;
    }
}
