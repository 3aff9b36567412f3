package dev.entente.rest.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.domain.identity.RefusedException;
import dev.entente.engine.agent.AgentCommands.CheckSpec;
import dev.entente.engine.agent.AgentCommands.RegisterService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How strict the bodies of the agent's endpoints are read (protocol chapters 6.1.9 and 6.8.1); texts as captured. */
class AgentBodiesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"Name\":\"x\",\"Name2\":1} | json: unknown field \"Name2\"",
                "{\"Name\":\"x\",\"Port\":\"80\"} | json: cannot unmarshal string into Go struct field .Alias.Port of type int",
                "{\"Name\":\"x\",\"Port\":80.5} | json: cannot unmarshal number 80.5 into Go struct field .Alias.Port of type int",
                "{\"Name\":\"x\",\"Tags\":\"a\"} | json: cannot unmarshal string into Go struct field .Alias.Tags of type []string",
                "{\"Name\":\"x\",\"Tags\":[1]} | json: cannot unmarshal number into Go struct field .Alias.Tags of type string",
                "{\"Name\":\"x\",\"Meta\":{\"a\":1}} | json: cannot unmarshal number into Go struct field .Alias.Meta of type string",
                "{\"Name\":\"x\",\"EnableTagOverride\":\"yes\"} | json: cannot unmarshal string into Go struct field .Alias.EnableTagOverride of type bool",
                "{\"Name\":\"x\",\"Kind\":7} | json: cannot unmarshal number into Go struct field .Alias.Kind of type structs.ServiceKind",
                "{\"Name\":\"x\",\"Weights\":{\"Passing\":\"a\"}} | json: cannot unmarshal string into Go struct field Weights.Alias.Weights.Passing of type int",
                "{\"Name\":\"x\",\"TaggedAddresses\":{\"lan\":{\"Address\":1}}} | json: cannot unmarshal number into Go struct field ServiceAddress.Alias.TaggedAddresses.Address of type string",
                "{\"Name\":\"x\",\"TaggedAddresses\":{\"lan\":[]}} | json: cannot unmarshal array into Go struct field .Alias.TaggedAddresses of type structs.ServiceAddress",
                "{\"Name\":\"x\",\"enable_tag_override\":1} | json: cannot unmarshal number into Go struct field .enable_tag_override of type bool",
                "{\"Name\":\"x\",\"Check\":{\"CheckID\":[]}} | json: cannot unmarshal array into Go struct field .Alias.Check.Alias.CheckID of type types.CheckID",
                "{\"Name\":\"x\",\"Proxy\":{\"MeshGateway\":{\"Mode\":1}}} | json: cannot unmarshal number into Go struct field .Alias.Proxy.Alias.MeshGateway.Mode of type structs.MeshGatewayMode",
                "{\"Name\":\"x\",\"Proxy\":{\"Expose\":{\"Paths\":[{\"Path\":1}]}}} | json: cannot unmarshal number into Go struct field .Alias.Proxy.Alias.Expose.Paths.Alias.Path of type string",
                "{\"Name\":\"x\",\"Proxy\":{\"Upstreams\":{}}} | json: cannot unmarshal object into Go struct field .Alias.Proxy.Alias.Upstreams of type structs.Upstreams",
                "{\"Name\":\"x\",\"Connect\":[]} | json: cannot unmarshal array into Go struct field .Alias.Connect of type struct { SidecarServiceSnake *structs.ServiceDefinition \"json:\\\"sidecar_service\\\"\"; *structs.Alias }",
                "[] | json: cannot unmarshal array into Go value of type struct { EnableTagOverrideSnake bool \"json:\\\"enable_tag_override\\\"\"; TaggedAddressesSnake map[string]structs.ServiceAddress \"json:\\\"tagged_addresses\\\"\"; *structs.Alias }",
                "{\"Name\":\"x\",\"Check\":{\"TTL\":\"abc\"}} | time: invalid duration \"abc\"",
                "{\"Name\":\"x\",\"Check\":{\"TTL\":\"10s\",\"Nope\":1}} | json: unknown field \"Nope\"",
                "{\"Name\":\"x\",\"Check\":{\"Script\":\"true\"}} | json: unknown field \"Script\"",
                "{\"Name\":\"x\",\"Namespace\":\"foo\"} | json: unknown field \"Namespace\"",
                "{\"Name\":\"x\",\"PeerName\":\"foo\"} | json: unknown field \"PeerName\"",
            })
    void aBadServiceIsRefusedWithConsulsWords(String body, String reason) {
        assertThatThrownBy(() -> service(body))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Request decode failed: " + reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\"x\"", "{\"Name\":\"x\",}"})
    void whatIsNoObjectIsRefused(String body) {
        assertThatThrownBy(() -> service(body))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("Request decode failed: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"10s\"", "10000000000", "1e10", "\"10000ms\"", "\"0h0m10s\""})
    void aDurationIsATextOrNanoseconds(String written) {
        CheckSpec check = check("{\"Name\":\"c\",\"TTL\":" + written + "}");
        assertThat(check.definition().ttl()).isEqualTo(Duration.ofSeconds(10));
    }

    /** As a Consul server was seen to answer. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"\" | invalid duration \"\"",
                "\"10\" | missing unit in duration \"10\"",
                "\"5x\" | unknown unit \"x\" in duration \"5x\"",
                "\"1h1d\" | unknown unit \"d\" in duration \"1h1d\"",
                "\"-\" | invalid duration \"-\"",
                "\".s\" | invalid duration \".s\"",
                "\"99999999h\" | invalid duration \"99999999h\"",
                "\"\\u0001\" | invalid duration \"\\x01\"",
                "\"\u00e9\" | invalid duration \"\\xc3\\xa9\"",
                "\"a\\\"b\" | invalid duration \"a\\\"b\"",
            })
    void aWrongDurationIsRefusedWithGosWords(String written, String reason) {
        assertThatThrownBy(() -> check("{\"Name\":\"c\",\"TTL\":" + written + "}"))
                .hasMessage("Request decode failed: time: " + reason);
    }

    @Test
    void whatNobodyKnowsIsToldBeforeAWrongDuration() {
        assertThatThrownBy(() -> check("{\"TTL\":\"x\",\"Output\":\"o\"}"))
                .hasMessage("Request decode failed: json: unknown field \"Output\"");
    }

    /** Of a character that has several bytes the first is told, as Go does it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"Name\":\\ | '\\\\' looking for beginning of value",
                "\u00fc | '\u00c3' looking for beginning of value",
                "\uFEFF{} | '\u00ef' looking for beginning of value",
                "\u007f | '\\x7f' looking for beginning of value",
                "{\"a\u0007b | '\\a' in string literal",
            })
    void aWrongCharacterIsToldAsGoDoes(String body, String reason) {
        assertThatThrownBy(() -> service(body)).hasMessage("Request decode failed: invalid character " + reason);
    }

    @Test
    void aTransparentProxyThatSaysNothingIsNone() {
        String proxy = "{\"Name\":\"p\",\"Proxy\":{\"TransparentProxy\":%s}}";
        assertThat(service(proxy.formatted("{}")).service().proxy().transparentProxy())
                .isNull();
        assertThat(service(proxy.formatted("{\"DialedDirectly\":true}"))
                        .service()
                        .proxy()
                        .transparentProxy())
                .isNotNull();
    }

    @Test
    void aSidecarInsideASidecarIsReadAndLeftToBeRefused() {
        assertThat(service("{\"Name\":\"a\",\"Connect\":{\"SidecarService\":{\"Connect\":{\"SidecarService\":{}}}}}")
                        .sidecar())
                .hasValueSatisfying(sidecar -> assertThat(sidecar.nested()).isTrue());
    }

    @Test
    void ofTwoEqualNamesTheLastCountsAndCaseDoesNot() {
        assertThat(service("{\"Name\":\"a\",\"NAME\":\"b\",\"port\":7}").service())
                .satisfies(service -> assertThat(service.name()).isEqualTo("b"))
                .satisfies(service -> assertThat(service.port()).isEqualTo(7));
    }

    @Test
    void bytesThatAreNoTextBecomeTheReplacementCharacter() {
        byte[] body = "{\"Name\":\"a?b\"}".getBytes(StandardCharsets.UTF_8);
        body[10] = (byte) 0xFF;
        assertThat(ServiceBody.register(body, false).command().service().name()).isEqualTo("a\uFFFDb");
    }

    @Test
    void namesMayHaveSpaces() {
        assertThat(service("{\"Name\":\"my service\"}").service().name()).isEqualTo("my service");
    }

    @Test
    void whatFollowsTheFirstValueIsPassedOver() {
        assertThat(service("{\"Name\":\"a\"} {\"Name\":\"b\"}").service().name())
                .isEqualTo("a");
    }

    @Test
    void theBodyMayNameThePartition() {
        assertThat(ServiceBody.register(bytes("{\"Name\":\"a\",\"Partition\":\"team\"}"), false)
                        .partition())
                .isEqualTo("team");
        assertThat(CheckBody.register(bytes("{\"Name\":\"a\",\"Partition\":\"team\"}"))
                        .partition())
                .isEqualTo("team");
    }

    @Test
    void theIdOfACheckHasAnotherNameInsideAService() {
        assertThat(check("{\"ID\":\"i\",\"Name\":\"c\"}").id()).isEqualTo("i");
        assertThatThrownBy(() -> check("{\"CheckID\":\"i\",\"Name\":\"c\"}"))
                .hasMessage("Request decode failed: json: unknown field \"CheckID\"");
        assertThat(service("{\"Name\":\"s\",\"Check\":{\"CheckID\":\"i\",\"TTL\":\"1s\"}}")
                        .checks())
                .singleElement()
                .satisfies(check -> assertThat(check.id()).isEqualTo("i"));
    }

    private static RegisterService service(String body) {
        return ServiceBody.register(bytes(body), false).command();
    }

    private static CheckSpec check(String body) {
        return CheckBody.register(bytes(body)).command();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
