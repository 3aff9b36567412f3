package dev.entente.domain.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rules for the meta of any config entry: only sizes, and all faults are told (protocol chapter 8). */
final class EntryMeta {
    private static final int MAX_PAIRS = 64;
    private static final int MAX_KEY = 128;
    private static final int MAX_VALUE = 512;

    private EntryMeta() {}

    /** All faults as one text. */
    static Optional<String> fault(Map<String, String> meta) {
        return Faults.all(faults(meta));
    }

    /** All faults, to be told with others. */
    static List<String> faults(Map<String, String> meta) {
        List<String> faults = new ArrayList<>();
        if (meta.size() > MAX_PAIRS) {
            faults.add("Meta exceeds maximum element count " + MAX_PAIRS);
        }
        new TreeMap<>(meta).forEach((key, value) -> {
            if (bytes(key) > MAX_KEY) {
                faults.add("Meta key \"" + key + "\" exceeds maximum length " + MAX_KEY);
            }
            if (bytes(value) > MAX_VALUE) {
                faults.add("Meta value for key \"" + key + "\" exceeds maximum length " + MAX_VALUE);
            }
        });
        return faults;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
