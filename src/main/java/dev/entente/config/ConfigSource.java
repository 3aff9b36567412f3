package dev.entente.config;

import dev.entente.engine.agent.AgentCommands.CheckSpec;
import dev.entente.engine.agent.AgentCommands.RegisterService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one source (a file, the command line, the defaults) says, as full key names with values in their normal forms.
 *
 * @param name the path of the file, or what the source is called in messages
 */
public record ConfigSource(String name, Map<String, Object> values) {
    static final String SERVICES = "services";
    static final String CHECKS = "checks";

    /** A source that our own code wrote; its keys and forms are right by construction. */
    public static ConfigSource of(String name, Map<String, Object> values) {
        return read(name, values, AgentKeys.load());
    }

    /**
     * Checks a parsed file against the keys and flattens it.
     *
     * @throws InvalidConfigException naming every key that is unknown or has another form than it should
     */
    static ConfigSource read(String name, Map<?, ?> parsed, AgentKeys keys) {
        Reading reading = new Reading(keys);
        reading.block("", parsed);
        reading.definitions();
        if (!reading.errors.isEmpty()) {
            throw InvalidConfigException.of(name, reading.errors);
        }
        return new ConfigSource(name, reading.values);
    }

    private static final class Reading {
        private final AgentKeys keys;
        private final Map<String, Object> values = new LinkedHashMap<>();
        private final List<String> errors = new ArrayList<>();

        Reading(AgentKeys keys) {
            this.keys = keys;
        }

        void block(String prefix, Map<?, ?> block) {
            block.forEach((key, value) -> entry(prefix + key, value));
        }

        /** What a file defines once and what it defines in a list is one list. */
        void definitions() {
            List<RegisterService> services =
                    DefinitionReader.services(values.remove("service"), values.remove(SERVICES), errors);
            if (!services.isEmpty()) {
                values.put(SERVICES, services);
            }
            List<CheckSpec> checks = DefinitionReader.checks(values.remove("check"), values.remove(CHECKS), errors);
            if (!checks.isEmpty()) {
                values.put(CHECKS, checks);
            }
        }

        private void entry(String name, @Nullable Object value) {
            Optional<AgentKeys.Key> key = keys.find(name);
            if (key.isPresent()) {
                entry(key.get(), value);
            } else {
                errors.add("invalid config key " + name);
            }
        }

        private void entry(AgentKeys.Key key, @Nullable Object value) {
            if (value == null) {
                // JSON's null says "not set".
                return;
            }
            Optional<Object> accepted = key.form().accept(value);
            if (accepted.isEmpty()) {
                errors.add("'" + key.name() + "' expected type '" + key.form().title() + "', got " + describe(value));
            } else if (key.form() == KeyForm.BLOCK) {
                ((List<?>) accepted.get()).forEach(part -> block(key.name() + ".", (Map<?, ?>) part));
            } else {
                values.merge(key.name(), accepted.get(), key.form()::merge);
            }
        }

        /** Only the kind of the value: it may be a secret. */
        private static String describe(Object value) {
            if (value instanceof Map) {
                return "a block";
            }
            if (value instanceof List) {
                return "a list";
            }
            return "'" + value.getClass().getSimpleName().toLowerCase(Locale.ROOT) + "'";
        }
    }
}
