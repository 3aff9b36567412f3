package dev.entente.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The keys that an agent configuration may have, as the file {@code agent-keys.txt} lists them. */
final class AgentKeys {
    private static final String FILE = "agent-keys.txt";

    private final Map<String, Key> keys;

    private AgentKeys(Map<String, Key> keys) {
        this.keys = keys;
    }

    /**
     * One key.
     *
     * @param used whether its value has an effect here; a key without is accepted and warned about
     */
    record Key(String name, KeyForm form, boolean used) {}

    static AgentKeys load() {
        Map<String, Key> keys = new HashMap<>();
        try (InputStream file = AgentKeys.class.getClassLoader().getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    Key key = parse(line);
                    keys.put(key.name(), key);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new AgentKeys(keys);
    }

    Optional<Key> find(String name) {
        return Optional.ofNullable(keys.get(name.toLowerCase(Locale.ROOT)));
    }

    KeyForm formOf(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("no such key: " + name))
                .form();
    }

    private static Key parse(String line) {
        String[] words = line.strip().split(" ", -1);
        return new Key(words[0], KeyForm.valueOf(words[1].toUpperCase(Locale.ROOT)), words.length > 2);
    }
}
