package dev.entente.boot.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads flags in the style of Go.
 *
 * <p>Go takes one dash or two, the value behind {@code =} or as the next argument whatever that looks like, and a switch alone
 * or with {@code =true} or {@code =false}. Flags end at the first argument that is none. Libraries for the command line do not
 * read it this way.
 */
final class GoArguments {
    private static final Pattern DASHES = Pattern.compile("^--?");

    private final Map<String, Boolean> switches;

    /** The flags that there are, and whether each is a switch. */
    GoArguments(Map<String, Boolean> switches) {
        this.switches = Map.copyOf(switches);
    }

    /** One flag with its value, in the order of the command line. */
    record Given(String name, String value) {}

    List<Given> read(List<String> arguments) {
        List<Given> given = new ArrayList<>();
        int next = 0;
        while (next < arguments.size() && isFlag(arguments.get(next))) {
            String[] parts =
                    DASHES.matcher(arguments.get(next)).replaceFirst("").split("=", 2);
            next++;
            boolean isSwitch = kind(parts[0]);
            if (parts.length == 2) {
                given.add(new Given(parts[0], parts[1]));
            } else if (isSwitch) {
                given.add(new Given(parts[0], "true"));
            } else if (next < arguments.size()) {
                given.add(new Given(parts[0], arguments.get(next)));
                next++;
            } else {
                throw new UsageException("flag needs an argument: -" + parts[0]);
            }
        }
        if (next < arguments.size()) {
            throw new UsageException("Unexpected extra arguments: " + arguments.subList(next, arguments.size()));
        }
        return given;
    }

    private boolean kind(String name) {
        return Optional.ofNullable(switches.get(name))
                .orElseThrow(() -> new UsageException("flag provided but not defined: -" + name));
    }

    private static boolean isFlag(String argument) {
        return argument.length() > 1 && argument.startsWith("-") && !argument.equals("--");
    }
}
