package dev.entente.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.config.AgentSettings.Listener;
import dev.entente.config.AgentSettings.LogLevel;
import dev.entente.config.AgentSettings.UnixSocket;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Weights;
import dev.entente.engine.agent.AgentCommands.RegisterService;
import dev.entente.engine.agent.Definitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AgentConfigurationTest {
    @TempDir
    Path directory;

    static Stream<Arguments> keysWithAnEffect() {
        return Stream.of(
                row("node_name = \"n1\"", AgentSettings::nodeName, "n1"),
                row(
                        "node_id = \"ABCDEF00-1111-2222-3333-444455556666\"",
                        AgentSettings::nodeId,
                        "abcdef00-1111-2222-3333-444455556666"),
                row("node_meta { a = \"b\" }", AgentSettings::nodeMeta, Map.of("a", "b")),
                row("datacenter = \"DC2\"", AgentSettings::datacenter, "dc2"),
                row("datacenter = \"dc2\"", AgentSettings::primaryDatacenter, "dc2"),
                row("primary_datacenter = \"dc9\"", AgentSettings::primaryDatacenter, "dc9"),
                row("server = false", AgentSettings::server, false),
                row("advertise_addr = \"10.1.1.1\"", AgentSettings::advertiseAddress, "10.1.1.1"),
                row("bind_addr = \"10.2.2.2\"", AgentSettings::advertiseAddress, "10.2.2.2"),
                row("client_addr = \"0.0.0.0\"", s -> s.listeners().grpcTls(), new Listener("0.0.0.0", 8503)),
                row("addresses { http = \"10.3.3.3\" }", s -> s.listeners().http(), new Listener("10.3.3.3", 8500)),
                row("addresses { http = \"10.3.3.3\" }", s -> s.listeners().grpc(), new Listener("127.0.0.1", 8502)),
                row(
                        "addresses { http = \"unix:///run/entente.sock\" }",
                        s -> s.listeners().http().isOn(),
                        false),
                row(
                        "addresses { http = \"10.3.3.3 unix:///run/entente.sock\" }",
                        s -> s.listeners().http(),
                        new Listener("10.3.3.3", 8500)),
                row(
                        "addresses { http = \"10.3.3.3 unix:///run/entente.sock\" }",
                        s -> s.listeners().httpSocket(),
                        Optional.of(new UnixSocket(
                                Path.of("/run/entente.sock"), Optional.empty(), Optional.empty(), Optional.empty()))),
                row(
                        "addresses { http = \"unix:///a\" }\nports { http = -1 }",
                        s -> s.listeners().httpSocket(),
                        Optional.empty()),
                row(
                        "addresses { http = \"unix:///a\" }\nunix_sockets {\n user = \"u\"\n group = \"7\"\n mode = \"0640\"\n}",
                        s -> s.listeners().httpSocket(),
                        Optional.of(new UnixSocket(
                                Path.of("/a"),
                                Optional.of("u"),
                                Optional.of("7"),
                                Optional.of(PosixFilePermissions.fromString("rw-r-----"))))),
                row("ports { http = 9500 }", s -> s.listeners().http().port(), 9500),
                row("ports { http = -1 }", s -> s.listeners().http().isOn(), false),
                row("ports { grpc = 0 }", s -> s.listeners().grpc().isOn(), false),
                row("ports { https = 8501 }", s -> s.listeners().https().port(), 8501),
                row(
                        "ports { http = 1 }\nports { grpc_tls = 2 }",
                        s -> s.listeners().grpcTls().port(),
                        2),
                row("peering { enabled = false }", AgentSettings::peeringEnabled, false),
                row("connect { enabled = false }", AgentSettings::connectEnabled, false),
                row(
                        "connect { ca_config { leaf_cert_ttl = \"1h\" } }",
                        s -> s.connect().caConfig(),
                        Map.of("leaf_cert_ttl", "1h")),
                row(
                        "connect { ca_config { cluster_id = \"11111111-2222-3333-4444-555555555555\" } }",
                        s -> s.connect().clusterId(),
                        Optional.of("11111111-2222-3333-4444-555555555555")),
                row("log_level = \"warn\"", AgentSettings::logLevel, LogLevel.WARN),
                row("log_level = \"ERR\"", AgentSettings::logLevel, LogLevel.ERROR),
                row("log_level = \"info\"", AgentSettings::departure, new AgentSettings.Departure(false, false)),
                row(
                        "skip_leave_on_interrupt = false\nleave_on_terminate = true",
                        AgentSettings::departure,
                        new AgentSettings.Departure(true, true)),
                row("enable_debug = true", AgentSettings::debugEnabled, true),
                row("acl { default_policy = \"deny\" }", s -> s.acl().defaultPolicy(), "deny"),
                row("default_query_time = \"1m30s\"", s -> s.queryTimes().byDefault(), Duration.ofSeconds(90)),
                row("limits { kv_max_value_size = 1024 }", s -> s.limits().kvMaxValueSize(), 1024L),
                row(
                        "http_config { response_headers { X-A = \"1\" } }",
                        settings -> settings.http().responseHeaders(),
                        Map.of("X-A", "1")));
    }

    @ParameterizedTest
    @MethodSource
    void keysWithAnEffect(String hcl, Function<AgentSettings, Object> read, Object expected) {
        assertThat(read.apply(dev(fragment(hcl)).settings())).isEqualTo(expected);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("foo = 1", "invalid config key foo"),
                Arguments.of("ports { bar = 2 }", "invalid config key ports.bar"),
                Arguments.of("tls { https { bar = 2 } }", "invalid config key tls.https.bar"),
                Arguments.of("node_name = 5", "'node_name' expected type 'string'"),
                Arguments.of("ports { http = \"x\" }", "'ports.http' expected type 'int'"),
                Arguments.of("ports { http = 1.5 }", "'ports.http' expected type 'int'"),
                Arguments.of("ports = 5", "'ports' expected type 'block'"),
                Arguments.of("ports { http = 70000 }", "ports.http: invalid port: 70000"),
                Arguments.of(
                        "datacenter = \"a b\"",
                        "datacenter can only contain lowercase alphanumeric, - or _ characters."),
                Arguments.of("bind_addr = \"unix:///x\"", "bind_addr cannot be a unix socket"),
                Arguments.of("bind_addr = \"1.1.1.1 2.2.2.2\"", "bind_addr cannot contain multiple addresses"),
                Arguments.of("bind_addr = \"host.example\"", "bind_addr must be an ip address"),
                Arguments.of("advertise_addr = \"0.0.0.0\"", "Advertise address cannot be 0.0.0.0, :: or [::]"),
                Arguments.of("bind_addr = \"{{ GetInterfaceIP \\\"nosuch0\\\" }}\"", "no address found"),
                Arguments.of("bind_addr = \"{{ GetAll | sort }}\"", "template not supported"),
                Arguments.of("node_id = \"x\"", "is not a UUID"),
                Arguments.of(
                        "connect { ca_config { cluster_id = \"x\" } }",
                        "cluster_id was supplied but was not a valid UUID"),
                Arguments.of(
                        "connect { ca_config { cluster_id = 5 } }", "cluster_id was supplied but was not a string"),
                Arguments.of("log_level = \"loud\"", "Invalid log level: LOUD"),
                Arguments.of(
                        "tls { https { tls_min_version = \"x\" } }",
                        "tls.https.tls_min_version: invalid TLS version: no matching TLS version found for x, please"
                                + " specify one of [TLS_AUTO, TLSv1_0, TLSv1_1, TLSv1_2, TLSv1_3]"),
                Arguments.of(
                        "ports { https = 1 }\ntls { https { cert_file = \"/nope\" } }",
                        "Failed to load cert/key pair: cert_file and key_file must both be given"),
                Arguments.of(
                        "ports { https = 1 }\ncert_file = \"/nope\"\nkey_file = \"/nope\"",
                        "Failed to load cert/key pair: open /nope: no such file or directory"),
                Arguments.of(
                        "ports { https = 1 }\ntls { https { cert_file = \"/dev/null\"\nkey_file = \"/dev/null\"\n"
                                + "verify_incoming = true } }",
                        "VerifyIncoming set but no CA certificates were provided"),
                Arguments.of("max_query_time = \"soon\"", "max_query_time: invalid duration: \"soon\""));
    }

    @ParameterizedTest
    @MethodSource
    void refusals(String hcl, String message) {
        assertThatThrownBy(() -> dev(fragment(hcl)))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void servicesAndChecksOfAllFilesAreDefinedTogether() throws IOException {
        file("1.json", """
            {"service": {"name": "redis", "port": 1234, "Meta": {"some": "meta"},
                         "check": {"id": "red", "ttl": "10s"}, "connect": {"sidecar_service": {"port": 7}}},
             "check": {"name": "memory", "http": "http://x", "header": {"A": ["b"]}, "interval": "5s"}}
            """);
        file("2.hcl", """
            services = [
              { name = "a", tags = ["x"], port = 2, weights = { passing = 5 } },
              { name = "b", kind = "connect-proxy", port = 3, proxy = {
                  destination_service_name = "a"
                  config = { n = 1 }
                  upstreams = [{ destination_name = "c", local_bind_port = 4 }]
              } }
            ]
            """);

        Definitions definitions = dev(new ConfigFiles(null).read(directory)).definitions();

        assertThat(definitions.services())
                .extracting(each -> each.service().name())
                .containsExactly("redis", "a", "b");
        RegisterService redis = definitions.services().get(0);
        assertThat(redis.service().meta()).isEqualTo(Map.of("some", "meta"));
        assertThat(redis.checks()).singleElement().satisfies(check -> {
            assertThat(check.id()).isEqualTo("red");
            assertThat(check.definition().ttl()).isEqualTo(Duration.ofSeconds(10));
        });
        assertThat(redis.sidecar().orElseThrow().service().port()).isEqualTo(7);
        assertThat(definitions.services().get(1).service().weights()).isEqualTo(new Weights(5, 1));
        Proxy proxy = definitions.services().get(2).service().proxy();
        assertThat(proxy.config()).isEqualTo(Map.of("n", 1L));
        assertThat(proxy.upstreams()).extracting(Proxy.Upstream::localBindPort).containsExactly(4);
        assertThat(definitions.checks())
                .singleElement()
                .satisfies(check -> assertThat(check.definition().header()).isEqualTo(Map.of("A", List.of("b"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'service':{'name':'a','port':'12'}} | 'service.port' expected type 'int', got unconvertible type"
                        + " 'string'",
                "{'service':{'name':5}} | 'service.name' expected type 'string', got unconvertible type 'float64'",
                "{'service':{'name':'a','foo':1}} | invalid config key service.foo",
                "{'service':{'Name':'a','EnableTagOverride':true}} | invalid config key service.EnableTagOverride",
                "{'services':[{'name':'a','check':{'foo':1,'ttl':'1s'}}]} | invalid config key services[0].check.foo",
                "{'service':{'name':'a','proxy':{'foo':1}}} | invalid config key service.proxy.foo",
                "{'service':[{'name':'a'},{'name':'b'}]} | 'service' expected a map, got 'slice'",
                "{'service':{'name':'a','check':{'ttl':'x'}}} | check[].ttl: invalid duration: \"x\"",
                "{'service':{'name':'a','check':{'interval':'10s'}}} | service \"a\": Invalid check: TTL must be > 0"
                        + " for TTL checks",
                "{'service':{'name':'a','kind':'connect-proxy'}} | Port or SocketPath must be set for a connect-proxy",
                "{'check':{'name':'x','args':['a'],'interval':'1s'}} | check \"x\": Scripts are disabled",
            })
    void aDefinitionThatCannotBeIsRefusedByItsPath(String json, String message) {
        assertThatThrownBy(() -> dev(file("a.json", json.replace('\'', '"'))))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void everyUnknownKeyOfAFileIsNamedWithTheFile() {
        assertThatThrownBy(() -> dev(file("a.hcl", "foo = 1\nports { bar = 2 }\n")))
                .hasMessageContaining("a.hcl: 2 errors occurred:")
                .hasMessageContaining("\t* invalid config key foo")
                .hasMessageContaining("\t* invalid config key ports.bar");
    }

    @Test
    void keysOfRaftAndGossipAreNamedInOneWarning() {
        AgentConfiguration read = dev(fragment(
                "raft_protocol = 3\nretry_join = [\"a\"]\ngossip_lan { gossip_nodes = 3 }\nnode_name = \"n\"\n"));
        assertThat(read.warnings())
                .singleElement()
                .asString()
                .endsWith("gossip_lan.gossip_nodes, raft_protocol, retry_join")
                .doesNotContain("node_name");
    }

    @Test
    void laterFilesWinOverEarlierAndMapsAreLaidOverEachOther() throws IOException {
        file(
                "1.json",
                "{\"node_name\": \"first\", \"datacenter\": \"dc3\", \"node_meta\": {\"a\": \"1\", \"b\": \"1\"}}");
        file("2.hcl", "node_name = \"second\"\nnode_meta { b = \"2\" }\n");
        AgentSettings settings = dev(new ConfigFiles(null).read(directory)).settings();
        assertThat(settings.nodeName()).isEqualTo("second");
        assertThat(settings.datacenter()).isEqualTo("dc3");
        assertThat(settings.nodeMeta()).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void flagsWinOverFiles() throws IOException {
        List<ConfigSource> sources = new ArrayList<>(file("1.json", "{\"ports\": {\"http\": 1, \"grpc\": 2}}"));
        sources.add(AgentFlags.load().toSource(Map.of("http-port", List.of("7"))));
        AgentSettings settings = dev(sources).settings();
        assertThat(settings.listeners().http().port()).isEqualTo(7);
        assertThat(settings.listeners().grpc().port()).isEqualTo(2);
    }

    @Test
    void aFileWithAnotherExtensionIsSkippedWithAWarningUnlessTheFormatIsSaid() throws IOException {
        Path file = Files.writeString(directory.resolve("agent.conf"), "node_name = \"n7\"");
        ConfigFiles files = new ConfigFiles(null);
        assertThat(files.read(file)).isEmpty();
        assertThat(files.warnings()).singleElement().asString().contains("skipping file");
        assertThat(dev(new ConfigFiles("hcl").read(file)).settings().nodeName()).isEqualTo("n7");
    }

    @ParameterizedTest
    @CsvSource({"a.json,{", "a.json,[1]", "a.json,{} {}", "a.json,nonsense"})
    void aFileThatIsNoJsonObjectIsRefusedWithItsName(String name, String text) {
        assertThatThrownBy(() -> file(name, text))
                .hasMessageContaining("failed to parse")
                .hasMessageContaining(name);
    }

    @Test
    void aMissingFileIsRefusedInConsulsWords() {
        assertThatThrownBy(() -> new ConfigFiles(null).read(directory.resolve("none.hcl")))
                .hasMessageContaining("config: Open failed on")
                .hasMessageContaining("no such file or directory");
    }

    @Test
    void withoutDevModeOrStoresADataDirectoryIsNeeded() {
        assertThatThrownBy(() -> AgentConfiguration.of(List.of(), new AgentDefaults(false, false, "host", "v")))
                .hasMessage("data_dir cannot be empty");
    }

    @Test
    void theNodeIdStaysTheSameInADataDirectory() {
        ConfigSource source = ConfigSource.of(
                "test", Map.of("data_dir", directory.resolve("data").toString()));
        AgentDefaults defaults = new AgentDefaults(false, false, "host", "v");
        String first =
                AgentConfiguration.of(List.of(source), defaults).settings().nodeId();
        assertThat(AgentConfiguration.of(List.of(source), defaults).settings().nodeId())
                .isEqualTo(first);
    }

    @Test
    void replicasWithoutADataDirectoryHaveAnIdByTheirName() {
        AgentDefaults one = new AgentDefaults(false, true, "one", "v");
        AgentDefaults two = new AgentDefaults(false, true, "two", "v");
        String id = AgentConfiguration.of(List.of(), one).settings().nodeId();
        assertThat(AgentConfiguration.of(List.of(), one).settings().nodeId()).isEqualTo(id);
        assertThat(AgentConfiguration.of(List.of(), two).settings().nodeId()).isNotEqualTo(id);
    }

    @Test
    void theInitialManagementTokenDoesNotShow() {
        AgentSettings settings = dev(fragment("acl { tokens { initial_management = \"s3cr3t\" } }"))
                .settings();
        assertThat(settings.toString()).doesNotContain("s3cr3t");
    }

    private AgentConfiguration dev(List<ConfigSource> sources) {
        return AgentConfiguration.of(sources, new AgentDefaults(true, false, "host", "v"));
    }

    private List<ConfigSource> fragment(String hcl) {
        return List.of(new ConfigFiles(null).readFragment("fragment", hcl));
    }

    private List<ConfigSource> file(String name, String text) throws IOException {
        return new ConfigFiles(null).read(Files.writeString(directory.resolve(name), text));
    }

    private static Arguments row(String hcl, Function<AgentSettings, Object> read, Object expected) {
        return Arguments.of(hcl, read, expected);
    }
}
