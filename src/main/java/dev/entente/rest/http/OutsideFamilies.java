package dev.entente.rest.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The families of Consul's API that are outside this product, and the sentence that says so. */
final class OutsideFamilies {
    private static final Map<String, String> WORDS = words();

    private OutsideFamilies() {}

    /** The sentence for a path of such a family. */
    static Optional<String> sentence(String path) {
        return WORDS.entrySet().stream()
                .filter(family -> path.equals(family.getKey()) || path.startsWith(family.getKey() + "/"))
                .findFirst()
                .map(family -> "Invalid URL path: " + family.getValue() + " are not part of Entente\n");
    }

    private static Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("/v1/kv", "keys and values");
        words.put("/v1/session", "sessions");
        words.put("/v1/event", "user events");
        words.put("/v1/txn", "transactions");
        words.put("/v1/query", "prepared queries");
        words.put("/v1/snapshot", "snapshots");
        words.put("/v1/operator", "the operator's calls about Raft, its autopilot and the keyring");
        return words;
    }
}
