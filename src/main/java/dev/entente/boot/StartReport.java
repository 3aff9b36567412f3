package dev.entente.boot;

import dev.entente.config.AgentSettings;
import dev.entente.config.AgentSettings.Listener;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an agent tells its operator before the log begins. */
final class StartReport {
    private StartReport() {}

    static void print(PrintStream out, AgentSettings settings, boolean storesGiven, List<String> warnings) {
        out.println("==> Starting Entente agent...");
        line(
                out,
                "Version",
                settings.versions().entente() + " (API of Consul "
                        + settings.versions().consulApi() + ")");
        line(out, "Node ID", settings.nodeId());
        line(out, "Node name", settings.nodeName());
        line(out, "Datacenter", settings.datacenter());
        line(out, "Client Addr", listeners(settings.listeners()));
        line(out, "Cluster Addr", settings.advertiseAddress());
        line(out, "Stores", stores(settings, storesGiven));
        warnings.forEach(warning -> out.println("==> WARNING: " + warning));
        out.flush();
    }

    /** The reason without the frames, and those of the application's own that lead to it. */
    static void printFailure(PrintStream err, Throwable failure) {
        err.println("==> The agent could not start: " + reasons(failure));
        if (Boolean.getBoolean("entente.debug")) {
            failure.printStackTrace(err);
        }
    }

    private static String reasons(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .map(cause -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage())
                .distinct()
                .collect(Collectors.joining(": "));
    }

    private static void line(PrintStream out, String title, String value) {
        out.printf("%18s: %s%n", title, value);
    }

    private static String listeners(AgentSettings.Listeners listeners) {
        return "HTTP: " + http(listeners) + ", HTTPS: " + listener(listeners.https()) + ", gRPC: "
                + listener(listeners.grpc()) + ", gRPC-TLS: " + listener(listeners.grpcTls());
    }

    private static String http(AgentSettings.Listeners listeners) {
        String socket =
                listeners.httpSocket().map(each -> "unix://" + each.path()).orElse("");
        if (socket.isEmpty() || !listeners.http().isOn()) {
            return socket.isEmpty() ? listener(listeners.http()) : socket;
        }
        return listener(listeners.http()) + " and " + socket;
    }

    private static String listener(Listener listener) {
        return listener.isOn() ? listener.address() + ":" + listener.port() : "off";
    }

    private static String stores(AgentSettings settings, boolean given) {
        if (given) {
            return "as configured";
        }
        return settings.dataDir().map(directory -> "private, in " + directory).orElse("private, gone at the end");
    }
}
