package dev.entente.domain.catalog;

import java.util.Map;

/**
 * A machine of the catalog. The id may be empty; the name is not.
 *
 * @param meta up to 64 pairs (protocol chapter 1.7)
 */
public record Node(
        String id,
        String name,
        String address,
        String datacenter,
        Map<String, String> taggedAddresses,
        Map<String, String> meta) {
    public Node {
        taggedAddresses = Sorted.copyOf(taggedAddresses);
        meta = Sorted.copyOf(meta);
    }
}
