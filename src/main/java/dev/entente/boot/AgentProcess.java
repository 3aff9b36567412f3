package dev.entente.boot;

import dev.entente.boot.cli.AgentArguments;
import dev.entente.boot.embedded.BuildVersions;
import dev.entente.boot.embedded.EmbeddedStoreException;
import dev.entente.boot.embedded.EmbeddedStores;
import dev.entente.config.AgentConfiguration;
import dev.entente.config.AgentDefaults;
import dev.entente.config.AgentSettings;
import dev.entente.config.AgentSettings.Listener;
import dev.entente.config.InvalidConfigException;
import dev.entente.engine.agent.Definitions;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run of an agent: settings, then stores, then the application, and the same backwards at the end.
 *
 * <p>What the settings decide reaches the application as system properties, which must stand before it starts.
 */
final class AgentProcess {
    private final BuildVersions versions;

    AgentProcess(BuildVersions versions) {
        this.versions = versions;
    }

    /** Returns the exit status after the agent was stopped, by a signal or a failure. */
    int run(AgentArguments arguments) {
        try {
            StoreUrls given = StoreUrls.configured();
            AgentDefaults defaults =
                    new AgentDefaults(arguments.devMode(), given.present(), hostName(), versions.entente());
            AgentConfiguration configuration = AgentConfiguration.of(arguments.sources(), defaults);
            List<String> warnings = new ArrayList<>(arguments.warnings());
            warnings.addAll(configuration.warnings());
            ProcessControl.readAgainFrom(
                    () -> AgentConfiguration.of(arguments.again().sources(), defaults));
            refuseUnenforced(configuration.settings());
            StartReport.print(System.out, configuration.settings(), given.present(), warnings);
            return run(configuration, given);
        } catch (EmbeddedStoreException e) {
            throw new InvalidConfigException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Who asks for access control must not get a server that lets everybody in. */
    private static void refuseUnenforced(AgentSettings settings) {
        if (settings.acl().enabled()) {
            throw new InvalidConfigException("acl.enabled is true, but this release does not enforce ACLs."
                    + " Set it to false and guard the ports otherwise, or wait for a release that does");
        }
    }

    private static int run(AgentConfiguration configuration, StoreUrls given) {
        AgentSettings settings = configuration.settings();
        FirstDoor.open(settings.listeners().http(), settings.listeners().httpSocket());
        given.await();
        AgentSettingsBean.provide(settings, configuration.definitions());
        OrderlyEnd end = OrderlyEnd.prepare();
        leaveOn("INT", settings.departure().onInterrupt());
        leaveOn("TERM", settings.departure().onTerminate());
        Map<String, String> properties = new HashMap<>(ApplicationProperties.of(settings));
        properties.putAll(given.present() ? given.quarkusSettings() : startPrivate(end, settings));
        return run(end, properties, null);
    }

    /** A signal that does not take the node away is left to the JVM, which ends the process in order as well. */
    private static void leaveOn(String signal, boolean leaves) {
        if (leaves) {
            ProcessSignals.on(signal, () -> {
                Leaving.want();
                System.exit(0);
            });
        }
    }

    /** Makes what later starts are quicker with: the prepared stores, and, when the JVM records it, a start as such. */
    int rehearse() {
        AgentDefaults defaults = new AgentDefaults(true, false, "rehearsal", versions.entente());
        AgentSettings settings =
                AgentConfiguration.of(List.of(), defaults).settings().onGrpcPorts(0, 0);
        AgentSettingsBean.provide(settings, Definitions.NONE);
        OrderlyEnd end = OrderlyEnd.prepare();
        Map<String, String> properties = new HashMap<>(ApplicationProperties.of(settings));
        properties.putAll(startPrivate(end, settings));
        properties.put("quarkus.http.port", "0");
        FirstDoor.open(new Listener("127.0.0.1", 0), Optional.empty());
        return run(end, properties, Rehearsal.class);
    }

    private static int run(
            OrderlyEnd end, Map<String, String> properties, @Nullable Class<? extends QuarkusApplication> application) {
        properties.forEach(System::setProperty);
        ExitStatus status = new ExitStatus();
        end.applicationStarts();
        Quarkus.run(application, status::set);
        end.applicationHasStopped(status.value);
        return status.value;
    }

    /** Who owns private stores knows that its predecessor is dead, and may go on under the same name for leases. */
    private static Map<String, String> startPrivate(OrderlyEnd end, AgentSettings settings) {
        Map<String, String> properties =
                new HashMap<>(end.start(() -> start(settings)).addresses().quarkusSettings());
        properties.put("entente.replica.owner", settings.nodeName() + "/" + settings.nodeId());
        return properties;
    }

    private static EmbeddedStores start(AgentSettings settings) {
        Optional<Path> directory = settings.dataDir();
        return directory.isPresent() ? EmbeddedStores.start(directory.get()) : EmbeddedStores.startTemporary();
    }

    private static String hostName() {
        String named = System.getenv("HOSTNAME");
        if (named != null && !named.isBlank()) {
            return named;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A machine without a name is told to give one.
            return "";
        }
    }

    private static final class ExitStatus {
        private int value;

        void set(int status, @Nullable Throwable failure) {
            value = status;
            if (failure != null) {
                StartReport.printFailure(System.err, failure);
            }
        }
    }
}
