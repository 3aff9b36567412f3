package dev.entente.config;

import dev.entente.domain.identity.Secret;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this agent was told to be by its command line and Consul-shaped configuration files; it does not change while it runs.
 *
 * @param nodeId a UUID that stays the same over restarts
 * @param bindAddress where cluster traffic would listen; informational, since replicas meet in the stores
 * @param advertiseAddress the address under which other machines reach this one
 * @param dataDirectory null where the agent keeps nothing on this machine
 * @param http what the HTTP listener does with any request
 */
public record AgentSettings(
        String nodeName,
        String nodeId,
        Map<String, String> nodeMeta,
        String datacenter,
        String primaryDatacenter,
        boolean devMode,
        boolean server,
        String bindAddress,
        String advertiseAddress,
        Map<String, String> taggedAddresses,
        Listeners listeners,
        boolean peeringEnabled,
        Connect connect,
        Acl acl,
        Tls httpsTls,
        @Nullable Path dataDirectory,
        LogLevel logLevel,
        boolean logJson,
        boolean debugEnabled,
        boolean uiEnabled,
        QueryTimes queryTimes,
        Duration checkUpdateInterval,
        Limits limits,
        Http http,
        Cluster cluster,
        Departure departure,
        Telemetry telemetry,
        Versions versions) {

    public AgentSettings {
        nodeMeta = Map.copyOf(nodeMeta);
        taggedAddresses = Map.copyOf(taggedAddresses);
    }

    /** Whether the service mesh (CA, intentions, peering's certificates) is on. */
    public boolean connectEnabled() {
        return connect.enabled();
    }

    /** Where the agent keeps files on this machine, if it does. */
    public Optional<Path> dataDir() {
        return Optional.ofNullable(dataDirectory);
    }

    /** The same agent with HTTP left as it is and gRPC on these ports; for tests, several of which may run side by side. */
    public AgentSettings onGrpcPorts(int plain, int tls) {
        Listeners free = new Listeners(
                listeners.http(),
                listeners.https(),
                new Listener(listeners.grpc().address(), plain),
                new Listener(listeners.grpcTls().address(), tls),
                listeners.httpSocket());
        return new AgentSettings(
                nodeName,
                nodeId,
                nodeMeta,
                datacenter,
                primaryDatacenter,
                devMode,
                server,
                bindAddress,
                advertiseAddress,
                taggedAddresses,
                free,
                peeringEnabled,
                connect,
                acl,
                httpsTls,
                dataDirectory,
                logLevel,
                logJson,
                debugEnabled,
                uiEnabled,
                queryTimes,
                checkUpdateInterval,
                limits,
                http,
                cluster,
                departure,
                telemetry,
                versions);
    }

    /**
     * One listener.
     *
     * @param port {@link #OFF}, or the port
     */
    public record Listener(String address, int port) {
        /** Not listening. */
        public static final int OFF = -1;

        public boolean isOn() {
            return port >= 0;
        }
    }

    /**
     * A unix socket.
     *
     * @param user whom its file shall belong to, a name or a number; empty for who runs the agent
     * @param group the same for groups
     * @param mode what its file shall permit; empty to leave that to the system
     */
    public record UnixSocket(
            Path path, Optional<String> user, Optional<String> group, Optional<Set<PosixFilePermission>> mode) {
        public UnixSocket {
            mode = mode.map(Set::copyOf);
        }
    }

    /**
     * The doors of an agent.
     *
     * @param httpSocket where HTTP is served too, or alone; empty for no socket
     */
    public record Listeners(
            Listener http, Listener https, Listener grpc, Listener grpcTls, Optional<UnixSocket> httpSocket) {}

    /**
     * The mesh stanza; the CA configuration is as written, with the key names of Consul's documentation.
     *
     * @param clusterId the UUID that a new cluster shall have; empty to make one
     */
    public record Connect(
            boolean enabled, String caProvider, Map<String, Object> caConfig, Optional<String> clusterId) {
        public Connect {
            caConfig = Map.copyOf(caConfig);
        }
    }

    /** The access-control stanza. */
    public record Acl(
            boolean enabled,
            String defaultPolicy,
            String downPolicy,
            @Nullable Secret initialManagement) {}

    /**
     * What the HTTPS listener shows and asks for; it does not open without both files.
     *
     * @param authorities by whom the certificates of clients are issued
     * @param verifyIncoming whether a client needs one
     */
    public record Tls(
            @Nullable Path certificate,
            @Nullable Path key,
            @Nullable Path authorities,
            boolean verifyIncoming,
            TlsVersion minVersion) {}

    /** The versions of TLS that are spoken here, as the platform calls them. */
    public enum TlsVersion {
        TLS_1_2("TLSv1.2,TLSv1.3"),
        TLS_1_3("TLSv1.3");

        private final String andNewer;

        TlsVersion(String andNewer) {
            this.andNewer = andNewer;
        }

        /** This version and those after it. */
        public String andNewer() {
            return andNewer;
        }
    }

    /** How long blocking queries wait when the client names no time, and at most. */
    public record QueryTimes(Duration byDefault, Duration maximum) {}

    /** Bounds on what one client may send, in bytes and connections. */
    public record Limits(
            long kvMaxValueSize, long txnMaxRequestSize, int httpMaxConnectionsPerClient, int maxHeaderBytes) {}

    /**
     * What is told of the ports at which servers of Consul meet each other, and for how long a replica that died is remembered.
     * Nothing listens at the ports: replicas meet in the stores.
     */
    public record Cluster(int serverPort, int serfLanPort, int serfWanPort, int dnsPort, Duration reconnectTimeout) {}

    /** Whether an interrupt, or a request to terminate, takes the node out of the catalog before the process ends. */
    public record Departure(boolean onInterrupt, boolean onTerminate) {}

    /**
     * How meters are shown.
     *
     * @param prometheusRetention zero where Prometheus' form is off
     */
    public record Telemetry(String prefix, Duration prometheusRetention) {}

    /**
     * What the HTTP listener does with any request.
     *
     * @param responseHeaders added to every answer
     * @param blockedEndpoints beginnings of paths that are not served
     * @param allowWriteFrom networks from which changes are taken; none for everywhere
     */
    public record Http(
            Map<String, String> responseHeaders, List<String> blockedEndpoints, List<String> allowWriteFrom) {
        public Http {
            responseHeaders = Map.copyOf(responseHeaders);
            blockedEndpoints = List.copyOf(blockedEndpoints);
            allowWriteFrom = List.copyOf(allowWriteFrom);
        }
    }

    /** The version of this program, and of Consul's API that it follows. */
    public record Versions(String entente, String consulApi) {
        /** The release of Consul whose API this program speaks. */
        public static final String CONSUL_API = "1.14.0";
    }

    /** The log levels of Consul's configuration, with the names that the log manager knows. */
    public enum LogLevel {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }
}
