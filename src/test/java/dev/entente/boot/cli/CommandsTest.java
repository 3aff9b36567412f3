package dev.entente.boot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.config.AgentConfiguration;
import dev.entente.config.AgentDefaults;
import dev.entente.config.AgentSettings;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    @TempDir
    Path directory;

    private String calledAs = "/opt/entente/bin/entente";
    private final List<AgentArguments> started = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agent -dev -http-port 7500",
                "agent -dev -http-port=7500",
                "agent --dev --http-port=7500",
                "agent --dev=true --http-port 7500",
                "agent -http-port 1 -dev -http-port 7500",
                "agent -dev -hcl ports{http=7500}",
            })
    void aFlagIsTakenInEveryStyleOfGo(String line) {
        assertThat(run(line)).isZero();
        assertThat(started()).satisfies(arguments -> {
            assertThat(arguments.devMode()).isTrue();
            assertThat(settings(arguments).listeners().http().port()).isEqualTo(7500);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "agent -server=false -dev,false",
        "agent -server -dev,true",
        "agent -dev,true",
        "agent -dev -server=0,false",
    })
    void aSwitchTakesItsValueOnlyWithAnEqualsSign(String line, boolean server) {
        assertThat(run(line)).isZero();
        assertThat(settings(started()).server()).isEqualTo(server);
    }

    @Test
    void aValueMayLookLikeAFlag() {
        assertThat(run("agent -dev -node -server")).isZero();
        assertThat(settings(started()).nodeName()).isEqualTo("-server");
    }

    @Test
    void aPortMayBeMinusOne() {
        assertThat(run("agent -dev -grpc-port -1")).isZero();
        assertThat(settings(started()).listeners().grpc().isOn()).isFalse();
    }

    @Test
    void filesAndDirectoriesCountInTheOrderOfTheCommandLine() throws Exception {
        Path early = Files.writeString(directory.resolve("z.hcl"), "node_name = \"early\"\ndatacenter = \"dc5\"");
        Path late = Files.createDirectory(directory.resolve("a.d"));
        Files.writeString(late.resolve("late.json"), "{\"node_name\": \"late\"}");
        assertThat(run("agent -dev -config-file " + early + " -config-dir=" + late))
                .isZero();
        assertThat(settings(started()).nodeName()).isEqualTo("late");
        assertThat(settings(started()).datacenter()).isEqualTo("dc5");
    }

    @Test
    void nodeMetaMayBeRepeated() {
        assertThat(run("agent -dev -node-meta a:1 -node-meta b:2")).isZero();
        assertThat(settings(started()).nodeMeta()).containsEntry("a", "1").containsEntry("b", "2");
    }

    @ParameterizedTest
    @CsvSource({
        "agent -nosuch,flag provided but not defined: -nosuch",
        "agent -dev extra more,'Unexpected extra arguments: [extra, more]'",
        "agent -node,flag needs an argument: -node",
        "agent -dev -http-port x,'invalid value \"x\" for flag -http-port: parse error'",
        "agent -dev -server=maybe,'invalid value \"maybe\" for flag -server: parse error'",
        "agent -dev -config-format xml,config: -config-format must be either 'hcl' or 'json'",
        "agent -dev -hcl foo=1,invalid config key foo",
    })
    void aWrongLineIsRefusedWithStatusOne(String line, String message) {
        assertThat(run(line)).isEqualTo(1);
        assertThat(started).isEmpty();
        assertThat(text(err)).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "-version", "--version", "-v"})
    void theVersionNamesBothVersions(String line) {
        assertThat(run(line)).isZero();
        assertThat(text(out)).startsWith("Entente v0.1").contains("Consul v1.14.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/usr/local/bin/consul", "consul", "./consul"})
    void calledAsConsulTheVersionBeginsAsConsulsDoes(String name) {
        calledAs = name;
        assertThat(run("version")).isZero();
        assertThat(text(out).lines().findFirst()).contains("Consul v1.14.0");
        assertThat(text(out)).contains("Entente v0.1").contains("Protocol 2 spoken by default, understands 2 to 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version -format=json", "version --format json", "version -format json"})
    void theVersionComesAsJson(String line) {
        assertThat(run(line)).isZero();
        JsonObject json = new JsonObject(text(out));
        assertThat(json.getString("Version")).isEqualTo("1.14.0");
        assertThat(json.getJsonObject("RPC").getInteger("Max")).isEqualTo(3);
    }

    @Test
    void anUnknownFormOfTheVersionIsRefused() {
        assertThat(run("version -format=xml")).isEqualTo(1);
        assertThat(text(err)).contains("Invalid format, valid formats are {json|pretty}");
    }

    @Test
    void calledAsConsulCommandsOfItsProgramAreRefusedWithAReason() {
        calledAs = "consul";
        assertThat(run("members")).isEqualTo(127);
        assertThat(text(err)).contains("consul: unknown command \"members\"").contains("Entente, which runs agents");
    }

    @ParameterizedTest
    @CsvSource({"--help,agent", "-h,version", "help,agent", "agent --help,-config-file", "agent -h,-retry-join"})
    void helpNamesWhatThereIs(String line, String word) {
        assertThat(run(line)).isZero();
        assertThat(text(out)).contains(word);
    }

    @Test
    void anUnknownCommandIsRefused() {
        assertThat(run("kv get")).isEqualTo(127);
        assertThat(text(err)).contains("unknown command \"kv\"");
    }

    private int run(String line) {
        Commands commands = new Commands(
                ProgramName.of(calledAs, "0.1", "1.14.0"),
                arguments -> {
                    settings(arguments);
                    started.add(arguments);
                    return 0;
                },
                () -> 0,
                new Commands.Output(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)));
        return commands.run(List.of(line.split(" ")));
    }

    private AgentArguments started() {
        assertThat(started).hasSize(1);
        return started.get(0);
    }

    private static AgentSettings settings(AgentArguments arguments) {
        return AgentConfiguration.of(arguments.sources(), new AgentDefaults(arguments.devMode(), false, "host", "v"))
                .settings();
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
