package dev.entente.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes the settings of an agent out of its sources.
 *
 * @param settings what the agent shall be
 * @param warnings lines for the operator; the keys without an effect are one of them
 */
public record AgentConfiguration(AgentSettings settings, List<String> warnings) {

    /**
     * Lays the sources over each other (files in their order, then the command line) and validates the result.
     *
     * @throws InvalidConfigException with the text for the operator
     */
    public static AgentConfiguration of(List<ConfigSource> sources, AgentDefaults defaults) {
        AgentKeys keys = AgentKeys.load();
        List<ConfigSource> all = new ArrayList<>();
        all.add(defaults.source());
        all.addAll(sources);
        ConfigValues values = ConfigValues.merge(all, keys);
        List<String> warnings = new ArrayList<>();
        List<String> unused = withoutEffect(values, keys);
        if (!unused.isEmpty()) {
            warnings.add("accepted without effect, there is nothing here that they could change: "
                    + String.join(", ", unused));
        }
        return new AgentConfiguration(new SettingsReader(values, defaults, warnings).read(), List.copyOf(warnings));
    }

    private static List<String> withoutEffect(ConfigValues values, AgentKeys keys) {
        List<String> unused = new ArrayList<>();
        for (String name : values.names()) {
            if (!keys.find(name).orElseThrow().used()) {
                unused.add(name);
            }
        }
        return unused.stream().sorted().toList();
    }
}
