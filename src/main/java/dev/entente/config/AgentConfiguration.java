package dev.entente.config;

import dev.entente.engine.agent.AgentCommands.CheckSpec;
import dev.entente.engine.agent.AgentCommands.RegisterService;
import dev.entente.engine.agent.Definitions;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the settings of an agent out of its sources.
 *
 * @param settings what the agent shall be
 * @param definitions the services and checks that its node shall have
 * @param warnings lines for the operator; the keys without an effect are one of them
 */
public record AgentConfiguration(AgentSettings settings, Definitions definitions, List<String> warnings) {

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
        AgentSettings settings = new SettingsReader(values, defaults, warnings).read();
        return new AgentConfiguration(settings, definitions(values), List.copyOf(warnings));
    }

    private static Definitions definitions(ConfigValues values) {
        Definitions definitions = new Definitions(
                values.things(ConfigSource.SERVICES, RegisterService.class),
                values.things(ConfigSource.CHECKS, CheckSpec.class));
        definitions.complaint().ifPresent(text -> {
            throw new InvalidConfigException(text);
        });
        return definitions;
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
