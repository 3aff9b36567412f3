package dev.entente.config;

import dev.entente.config.AgentSettings.Listener;
import dev.entente.domain.identity.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns merged values into settings; every refusal has the text that Consul's agent has for it. */
final class SettingsReader {
    private static final Pattern DATACENTER = Pattern.compile("[a-z0-9_-]+");
    private static final Pattern HOST_LABEL = Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?");
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final int SERVER_PORT = 8300;
    private static final int SERF_LAN_PORT = 8301;
    private static final int SERF_WAN_PORT = 8302;
    private static final Duration RECONNECT_TIMEOUT = Duration.ofDays(3);
    private static final Duration SHORTEST_RECONNECT_TIMEOUT = Duration.ofHours(8);
    private static final long MAX_VALUE_BYTES = 512 * 1024;

    private final ConfigValues values;
    private final AgentDefaults defaults;
    private final List<String> warnings;

    SettingsReader(ConfigValues values, AgentDefaults defaults, List<String> warnings) {
        this.values = values;
        this.defaults = defaults;
        this.warnings = warnings;
    }

    AgentSettings read() {
        String nodeName = nodeName();
        String datacenter = datacenter("datacenter", "dc1");
        String bind = bindAddress();
        String advertise = advertiseAddress(bind);
        Optional<Path> data = dataDirectory();
        AgentSettings.Listeners listeners = new ListenersReader(values, warnings).read();
        return new AgentSettings(
                nodeName,
                new NodeIdentity(nodeName, datacenter, defaults).id(values.text("node_id"), data),
                values.texts("node_meta"),
                datacenter,
                datacenter("primary_datacenter", datacenter),
                defaults.devMode(),
                values.flag("server", defaults.devMode()),
                bind,
                advertise,
                taggedAddresses(advertise),
                listeners,
                values.flag("peering.enabled", true),
                connect(),
                acl(),
                new TlsReader(values, warnings).ofHttps(listeners.https()),
                data.orElse(null),
                logLevel(),
                values.flag("log_json", false),
                values.flag("enable_debug", false),
                values.flag("ui_config.enabled", values.flag("ui", true)),
                new AgentSettings.QueryTimes(
                        values.duration("default_query_time", Duration.ofMinutes(5)),
                        values.duration("max_query_time", Duration.ofMinutes(10))),
                values.duration("check_update_interval", Duration.ofMinutes(5)),
                limits(),
                new AgentSettings.Http(
                        values.texts("http_config.response_headers"),
                        values.list("http_config.block_endpoints"),
                        values.list("http_config.allow_write_http_from")),
                cluster(),
                new AgentSettings.Departure(
                        !values.flag("skip_leave_on_interrupt", true), values.flag("leave_on_terminate", false)),
                telemetry(),
                new AgentSettings.Versions(defaults.programVersion(), AgentSettings.Versions.CONSUL_API));
    }

    private AgentSettings.Connect connect() {
        Map<String, Object> caConfig = values.tree("connect.ca_config");
        return new AgentSettings.Connect(
                values.flag("connect.enabled", true), caProvider(), caConfig, clusterId(caConfig.get("cluster_id")));
    }

    /** Meant for fixtures that need a trust domain known beforehand; it counts for a new cluster only. */
    private static Optional<String> clusterId(@Nullable Object given) {
        if (given == null) {
            return Optional.empty();
        }
        if (!(given instanceof String text)) {
            throw new InvalidConfigException("cluster_id was supplied but was not a string");
        }
        if (!UUID.matcher(text).matches()) {
            throw new InvalidConfigException("cluster_id was supplied but was not a valid UUID");
        }
        return Optional.of(text);
    }

    private String caProvider() {
        String provider = values.text("connect.ca_provider", "consul");
        if (!provider.equals("consul")) {
            throw new InvalidConfigException("connect.ca_provider \"" + provider
                    + "\" is not supported: certificates are issued by the authority that is built in, \"consul\"");
        }
        return provider;
    }

    private String nodeName() {
        String name = values.text("node_name", defaults.hostName());
        if (name.isBlank()) {
            throw new InvalidConfigException("node_name cannot be empty");
        }
        if (!HOST_LABEL.matcher(name).matches()) {
            warnings.add("Node name \"" + name + "\" will not be discoverable via DNS due to invalid characters."
                    + " Valid characters include all alpha-numerics and dashes.");
        }
        return name;
    }

    private String datacenter(String key, String byDefault) {
        String name = values.text(key, byDefault).toLowerCase(Locale.ROOT);
        if (!DATACENTER.matcher(name).matches()) {
            throw new InvalidConfigException(key + " can only contain lowercase alphanumeric, - or _ characters.");
        }
        return name;
    }

    private Optional<Path> dataDirectory() {
        Optional<Path> directory = values.text("data_dir").map(Path::of).map(Path::toAbsolutePath);
        if (directory.isEmpty() && !defaults.devMode() && !defaults.storesGiven()) {
            throw new InvalidConfigException("data_dir cannot be empty");
        }
        if (directory
                .filter(Files::exists)
                .filter(path -> !Files.isDirectory(path))
                .isPresent()) {
            throw new InvalidConfigException("data_dir \"" + directory.get() + "\" is not a directory");
        }
        return directory;
    }

    private String bindAddress() {
        String address = HostAddresses.expand("bind_addr", values.text("bind_addr", "0.0.0.0"));
        if (address.startsWith("unix://")) {
            throw new InvalidConfigException("bind_addr cannot be a unix socket");
        }
        if (address.contains(" ")) {
            throw new InvalidConfigException(
                    "bind_addr cannot contain multiple addresses. Use 'addresses.{dns,http,https}' instead.");
        }
        if (!HostAddresses.isIp(address)) {
            throw new InvalidConfigException("bind_addr must be an ip address");
        }
        return address;
    }

    private String advertiseAddress(String bind) {
        Optional<String> chosen =
                values.text("advertise_addr").map(text -> HostAddresses.expand("advertise_addr", text));
        if (chosen.filter(HostAddresses::isAny).isPresent()) {
            throw new InvalidConfigException("Advertise address cannot be 0.0.0.0, :: or [::]");
        }
        return chosen.orElseGet(() -> HostAddresses.isAny(bind) ? HostAddresses.firstPrivate() : bind);
    }

    private Map<String, String> taggedAddresses(String advertise) {
        Map<String, String> addresses = values.texts("tagged_addresses");
        String family = advertise.contains(":") ? "_ipv6" : "_ipv4";
        for (String tag : List.of("lan", "wan")) {
            addresses.put(tag, advertise);
            addresses.put(tag + family, advertise);
        }
        return addresses;
    }

    private AgentSettings.Cluster cluster() {
        Duration reconnect = values.duration("reconnect_timeout", RECONNECT_TIMEOUT);
        if (reconnect.compareTo(SHORTEST_RECONNECT_TIMEOUT) < 0) {
            throw new InvalidConfigException("reconnect_timeout cannot be less than 8h");
        }
        return new AgentSettings.Cluster(
                values.port("server", SERVER_PORT),
                values.port("serf_lan", SERF_LAN_PORT),
                values.port("serf_wan", SERF_WAN_PORT),
                values.port("dns", Listener.OFF),
                reconnect);
    }

    private AgentSettings.Telemetry telemetry() {
        return new AgentSettings.Telemetry(
                values.text("telemetry.metrics_prefix", "consul"),
                values.duration("telemetry.prometheus_retention_time", Duration.ZERO));
    }

    private AgentSettings.Acl acl() {
        return new AgentSettings.Acl(
                values.flag("acl.enabled", false),
                values.text("acl.default_policy", "allow"),
                values.text("acl.down_policy", "extend-cache"),
                values.text("acl.tokens.initial_management").map(Secret::new).orElse(null));
    }

    private AgentSettings.LogLevel logLevel() {
        String level = values.text("log_level", "INFO").toUpperCase(Locale.ROOT);
        String known = level.equals("ERR") ? "ERROR" : level.equals("WARNING") ? "WARN" : level;
        try {
            return AgentSettings.LogLevel.valueOf(known);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigException(
                    "Invalid log level: " + level + ". Valid log levels are: [TRACE DEBUG INFO WARN ERROR]", e);
        }
    }

    private AgentSettings.Limits limits() {
        return new AgentSettings.Limits(
                values.number("limits.kv_max_value_size", MAX_VALUE_BYTES),
                values.number("limits.txn_max_req_len", MAX_VALUE_BYTES),
                Math.toIntExact(values.number("limits.http_max_conns_per_client", 200)),
                Math.toIntExact(values.number("http_config.max_header_bytes", 0)));
    }
}
