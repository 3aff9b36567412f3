package dev.entente.boot;

import dev.entente.boot.cli.Commands;
import dev.entente.boot.cli.ProgramName;
import dev.entente.boot.embedded.BuildVersions;
import dev.entente.config.AgentSettings;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

/** The program: reads the command line and, for an agent, starts the stores and then the application. */
@QuarkusMain
public final class EntenteMain {
    private EntenteMain() {}

    /** Ends the process with the status of the command. */
    public static void main(String... arguments) {
        BuildVersions versions = BuildVersions.current();
        AgentProcess process = new AgentProcess(versions);
        ProgramName program = ProgramName.of(calledAs(), versions.entente(), AgentSettings.Versions.CONSUL_API);
        Commands commands =
                new Commands(program, process::run, process::rehearse, new Commands.Output(System.out, System.err));
        System.exit(commands.run(List.of(arguments)));
    }

    /** The start script says how it was called; an executable that is called directly is known by its file. */
    private static String calledAs() {
        String script = System.getenv("ENTENTE_CALLED_AS");
        return script != null
                ? script
                : ProcessHandle.current().info().command().orElse("");
    }
}
