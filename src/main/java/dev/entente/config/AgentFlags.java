package dev.entente.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The flags of the command line that stand for a configuration key, as the file {@code agent-flags.txt} lists them. */
public final class AgentFlags {
    private static final String FILE = "agent-flags.txt";

    private final Map<String, Flag> flags;
    private final AgentKeys keys;

    private AgentFlags(Map<String, Flag> flags, AgentKeys keys) {
        this.flags = flags;
        this.keys = keys;
    }

    /**
     * One flag.
     *
     * @param isSwitch whether it stands alone, without a value
     * @param help empty for a flag that is accepted without effect
     */
    public record Flag(String name, String key, boolean isSwitch, String help) {}

    /** Reads the list. */
    public static AgentFlags load() {
        AgentKeys keys = AgentKeys.load();
        Map<String, Flag> flags = new LinkedHashMap<>();
        try (InputStream file = AgentFlags.class.getClassLoader().getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    Flag flag = parse(line, keys);
                    flags.put(flag.name(), flag);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new AgentFlags(flags, keys);
    }

    /** All flags in the order of the list. */
    public List<Flag> all() {
        return List.copyOf(flags.values());
    }

    /**
     * What the command line says, as one source.
     *
     * @param given the values of each flag that was given, in their order
     */
    public ConfigSource toSource(Map<String, List<String>> given) {
        Map<String, Object> values = new LinkedHashMap<>();
        given.forEach((name, texts) -> {
            Flag flag = flags.get(name);
            if (flag != null) {
                KeyForm form = keys.formOf(flag.key());
                texts.forEach(text -> values.merge(flag.key(), value(flag, form, text), form::merge));
            }
        });
        return new ConfigSource("command line", values);
    }

    private static Object value(Flag flag, KeyForm form, String text) {
        return switch (form) {
            case STRING, ANY -> text;
            case INT -> integer(flag, text);
            case NUMBER -> Double.valueOf(text);
            case BOOL -> truth(flag, text);
            case STRINGS, LIST -> List.of(text);
            case MAP -> pair(flag, text);
            case BLOCK -> throw new IllegalStateException("no flag stands for a block: " + flag.name());
        };
    }

    private static Long integer(Flag flag, String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new InvalidConfigException(invalid(flag, text), e);
        }
    }

    private static Boolean truth(Flag flag, String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw new InvalidConfigException(invalid(flag, text));
        };
    }

    private static Map<String, String> pair(Flag flag, String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new InvalidConfigException(invalid(flag, text));
        }
        return Map.of(text.substring(0, colon), text.substring(colon + 1));
    }

    private static String invalid(Flag flag, String text) {
        return "invalid value \"" + text + "\" for flag -" + flag.name() + ": parse error";
    }

    private static Flag parse(String line, AgentKeys keys) {
        List<String> words = new ArrayList<>(List.of(line.strip().split(" ", 3)));
        String key = words.get(1);
        return new Flag(words.get(0), key, keys.formOf(key) == KeyForm.BOOL, words.size() > 2 ? words.get(2) : "");
    }
}
