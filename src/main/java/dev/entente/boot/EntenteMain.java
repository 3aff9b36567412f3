package dev.entente.boot;

import dev.entente.boot.cli.Commands;
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
        Commands commands = new Commands(
                text(versions), process::run, process::rehearse, new Commands.Output(System.out, System.err));
        System.exit(commands.run(List.of(arguments)));
    }

    private static String text(BuildVersions versions) {
        return "Entente v" + versions.entente() + System.lineSeparator() + "Speaks the API of Consul v"
                + AgentSettings.Versions.CONSUL_API;
    }
}
