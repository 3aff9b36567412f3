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

    private final String versionText;
    private final ToIntFunction<AgentArguments> agent;
    private final IntSupplier prepare;
    private final PrintStream out;
    private final PrintStream err;

    /** Where answers and complaints go. */
    public record Output(PrintStream out, PrintStream err) {}

    /** The agent is started by the function given, which returns when it has stopped. */
    public Commands(String versionText, ToIntFunction<AgentArguments> agent, IntSupplier prepare, Output output) {
        this.versionText = versionText;
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
            out.println(versionText);
            return 0;
        }
        if (command.equals("agent")) {
            return agent(rest);
        }
        if (command.equals("prepare")) {
            return prepare.getAsInt();
        }
        err.println("entente: unknown command \"" + command + "\"");
        err.print(root().getUsageMessage(Ansi.OFF));
        return 127;
    }

    private int agent(List<String> arguments) {
        if (arguments.stream().anyMatch(argument -> argument.startsWith("-") && HELP.contains(argument))) {
            out.print(new CommandLine(AgentArguments.spec()).getUsageMessage(Ansi.OFF));
            return 0;
        }
        try {
            return agent.applyAsInt(AgentArguments.read(arguments));
        } catch (UsageException | InvalidConfigException e) {
            err.println("==> " + e.getMessage());
            return 1;
        }
    }

    private static CommandLine root() {
        CommandSpec spec = CommandSpec.create().name("entente");
        spec.usageMessage()
                .description("Cluster peering, spoken as Consul speaks it.")
                .synopsisSubcommandLabel("<command>");
        CommandSpec version = CommandSpec.create().name("version");
        version.usageMessage().description("Prints the version.");
        spec.addSubcommand("agent", AgentArguments.spec());
        spec.addSubcommand("version", version);
        CommandSpec prepare = CommandSpec.create().name("prepare");
        prepare.usageMessage().description("Makes later starts quicker; run it once after a build.");
        spec.addSubcommand("prepare", prepare);
        return new CommandLine(spec);
    }
}
