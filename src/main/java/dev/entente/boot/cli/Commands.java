package dev.entente.boot.cli;

import dev.entente.config.InvalidConfigException;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** The program's commands; each gives the exit status of the process. */
public final class Commands {
    private static final Set<String> HELP = Set.of("help", "-h", "-help", "--help");
    private static final Set<String> VERSION = Set.of("version", "-v", "-version", "--version");

    private final ProgramName program;
    private final ToIntFunction<AgentArguments> agent;
    private final IntSupplier prepare;
    private final PrintStream out;
    private final PrintStream err;

    /** Where answers and complaints go. */
    public record Output(PrintStream out, PrintStream err) {}

    /** The agent is started by the function given, which returns when it has stopped. */
    public Commands(ProgramName program, ToIntFunction<AgentArguments> agent, IntSupplier prepare, Output output) {
        this.program = program;
        this.agent = agent;
        this.prepare = prepare;
        this.out = output.out();
        this.err = output.err();
    }

    /** Runs what the arguments ask for. */
    public int run(List<String> arguments) {
        if (arguments.isEmpty()) {
            err.print(root().getUsageMessage(Ansi.OFF));
            return 127;
        }
        String command = arguments.get(0);
        List<String> rest = arguments.subList(1, arguments.size());
        if (HELP.contains(command)) {
            out.print(root().getUsageMessage(Ansi.OFF));
            return 0;
        }
        if (VERSION.contains(command)) {
            return version(rest);
        }
        if (command.equals("agent")) {
            return agent(rest);
        }
        if (command.equals("prepare")) {
            return prepare.getAsInt();
        }
        err.println(program.name() + ": unknown command \"" + command + "\"");
        if (program.name().equals(ProgramName.CONSUL)) {
            err.println("This is Entente, which runs agents. Consul's own program has the commands that talk to them.");
        }
        err.print(root().getUsageMessage(Ansi.OFF));
        return 127;
    }

    private int version(List<String> arguments) {
        String format = format(arguments);
        switch (format) {
            case "pretty" -> out.println(program.versionText());
            case "json" -> out.println(program.versionJson());
            default -> {
                err.println("Invalid format, valid formats are {json|pretty}");
                return 1;
            }
        }
        return 0;
    }

    private static String format(List<String> arguments) {
        String format = "pretty";
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i).replaceFirst("^--?", "");
            if (argument.equals("format") && i + 1 < arguments.size()) {
                format = arguments.get(++i);
            } else if (argument.startsWith("format=")) {
                format = argument.substring("format=".length());
            }
        }
        return format;
    }

    private int agent(List<String> arguments) {
        if (arguments.stream().anyMatch(argument -> argument.startsWith("-") && HELP.contains(argument))) {
            out.print(new CommandLine(AgentArguments.spec(program.name() + " agent")).getUsageMessage(Ansi.OFF));
            return 0;
        }
        try {
            return agent.applyAsInt(AgentArguments.read(arguments));
        } catch (UsageException | InvalidConfigException e) {
            err.println("==> " + e.getMessage());
            return 1;
        }
    }

    private CommandLine root() {
        CommandSpec spec = CommandSpec.create().name(program.name());
        spec.usageMessage()
                .description("Cluster peering, spoken as Consul speaks it.")
                .synopsisSubcommandLabel("<command>");
        CommandSpec version = CommandSpec.create().name("version");
        version.usageMessage().description("Prints the version; -format=json for programs.");
        spec.addSubcommand("agent", AgentArguments.spec(program.name() + " agent"));
        spec.addSubcommand("version", version);
        CommandSpec prepare = CommandSpec.create().name("prepare");
        prepare.usageMessage().description("Makes later starts quicker; run it once after a build.");
        spec.addSubcommand("prepare", prepare);
        return new CommandLine(spec);
    }
}
