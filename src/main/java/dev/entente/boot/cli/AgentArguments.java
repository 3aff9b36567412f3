package dev.entente.boot.cli;

import dev.entente.boot.cli.GoArguments.Given;
import dev.entente.config.AgentFlags;
import dev.entente.config.ConfigFiles;
import dev.entente.config.ConfigSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The arguments of {@code entente agent}, read.
 *
 * @param sources files in their order, then the flags, so that flags win
 * @param warnings what was noticed while reading and is no error
 * @param given the arguments as they were given
 */
public record AgentArguments(boolean devMode, List<ConfigSource> sources, List<String> warnings, List<String> given) {
    private static final String DEV = "dev";
    private static final String FORMAT = "config-format";
    private static final String FRAGMENT = "hcl";
    private static final Set<String> PATHS = Set.of("config-file", "config-dir");

    /** The command as the help shows it: the flags with an effect by name, the others in a footer. */
    static CommandSpec spec(String name) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage()
                .description("Serves until it is stopped.")
                .sortOptions(false)
                .abbreviateSynopsis(true);
        spec.addOption(option(DEV, "", "Development mode: loopback, and nothing kept unless -data-dir is given."));
        spec.addOption(option("config-file", "<file>", "Configuration file, JSON or HCL; may be repeated."));
        spec.addOption(option("config-dir", "<dir>", "Directory of configuration files; may be repeated."));
        spec.addOption(option(FORMAT, "<format>", "json or hcl, whatever the extension of the files."));
        spec.addOption(option(FRAGMENT, "<text>", "Configuration as a fragment of HCL; may be repeated."));
        List<AgentFlags.Flag> flags = AgentFlags.load().all();
        flags.stream()
                .filter(flag -> !flag.help().isEmpty())
                .forEach(flag -> spec.addOption(option(flag.name(), flag.isSwitch() ? "" : "<value>", flag.help())));
        String withoutEffect = flags.stream()
                .filter(flag -> flag.help().isEmpty())
                .map(flag -> "-" + flag.name())
                .collect(Collectors.joining(", "));
        spec.usageMessage().footer("", "Accepted without effect: " + withoutEffect);
        return spec;
    }

    /** Reads the arguments and the files that they name. */
    static AgentArguments read(List<String> arguments) {
        AgentFlags flags = AgentFlags.load();
        List<Given> all = new GoArguments(switches(flags)).read(arguments);
        ConfigFiles files = new ConfigFiles(last(all, FORMAT));
        List<ConfigSource> sources = new ArrayList<>();
        List<ConfigSource> fragments = new ArrayList<>();
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (Given given : all) {
            if (PATHS.contains(given.name())) {
                sources.addAll(files.read(Path.of(given.value())));
            } else if (given.name().equals(FRAGMENT)) {
                fragments.add(files.readFragment("flags-" + fragments.size() + ".hcl", given.value()));
            } else {
                values.computeIfAbsent(given.name(), name -> new ArrayList<>()).add(given.value());
            }
        }
        sources.add(flags.toSource(values));
        sources.addAll(fragments);
        return new AgentArguments("true".equals(last(all, DEV)), sources, files.warnings(), List.copyOf(arguments));
    }

    /** The same arguments with the files as they are now. */
    public AgentArguments again() {
        return read(given);
    }

    private static Map<String, Boolean> switches(AgentFlags flags) {
        Map<String, Boolean> switches = new HashMap<>();
        switches.put(DEV, true);
        switches.put(FORMAT, false);
        switches.put(FRAGMENT, false);
        PATHS.forEach(path -> switches.put(path, false));
        flags.all().forEach(flag -> switches.put(flag.name(), flag.isSwitch()));
        return switches;
    }

    private static @Nullable String last(List<Given> all, String name) {
        return all.stream()
                .filter(given -> given.name().equals(name))
                .map(Given::value)
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    private static OptionSpec option(String name, String label, String help) {
        OptionSpec.Builder option = OptionSpec.builder("-" + name).description(help);
        return label.isEmpty()
                ? option.type(boolean.class).build()
                : option.type(String.class).paramLabel(label).build();
    }
}
