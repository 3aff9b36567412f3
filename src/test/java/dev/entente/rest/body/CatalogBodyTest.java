package dev.entente.rest.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.domain.catalog.Check;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogBodyTest {
    private static byte[] withCheck(String members) {
        return ("{\"Node\":\"n\",\"Address\":\"10.0.0.1\",\"Check\":{\"Name\":\"c\"," + members + "}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aDefinitionMayHaveMembersOfLaterReleases() {
        assertThat(CatalogBody.register(withCheck("\"Definition\":{\"TCP\":\"a:1\",\"TCPUseTLS\":true}"))
                        .toString())
                .contains("a:1");
    }

    @Test
    void anyOtherUnknownMemberIsRefused() {
        assertThatThrownBy(() -> CatalogBody.register(withCheck("\"TCPUseTLS\":true")))
                .hasMessageContaining("json: unknown field \"TCPUseTLS\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"enable_tag_override", "tagged_addresses"})
    void onlyAgentsKnowOtherSpellings(String name) {
        String body = "{\"Node\":\"n\",\"Service\":{\"Service\":\"s\",\"%s\":null}}".formatted(name);
        assertThatThrownBy(() -> CatalogBody.register(body.getBytes(StandardCharsets.UTF_8)))
                .hasMessage("Request decode failed: json: unknown field \"" + name + "\"");
    }

    @Test
    void theOneCheckComesBehindTheList() {
        String body =
                "{\"Node\":\"n\",\"Check\":{\"Name\":\"one\"},\"Checks\":[{\"Name\":\"first\"},{\"Name\":\"second\"}]}";
        assertThat(CatalogBody.register(body.getBytes(StandardCharsets.UTF_8))
                        .command()
                        .checks())
                .extracting(Check::name)
                .containsExactly("first", "second", "one");
    }

    @Test
    void anAddressIsOfNoUseToADeregistrationButATextAllTheSame() {
        String body = "{\"Node\":\"n\",\"Address\":%s}";
        assertThat(CatalogBody.deregister(body.formatted("\"a\"").getBytes(StandardCharsets.UTF_8))
                        .command()
                        .node())
                .isEqualTo("n");
        assertThatThrownBy(() -> CatalogBody.deregister(body.formatted("1").getBytes(StandardCharsets.UTF_8)))
                .hasMessage(
                        "Request decode failed: json: cannot unmarshal number into Go struct field .Address of type string");
    }

    /** As a real server was seen to answer. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"Node\":\"n\",\"ID\":1} | RegisterRequest.ID of type types.NodeID",
                "{\"Node\":\"n\",\"Service\":{\"Port\":\"1\"}} | NodeService.Service.Port of type int",
                "{\"Node\":\"n\",\"Service\":{\"Weights\":{\"Passing\":\"x\"}}} | Weights.Service.Weights.Passing of type int",
                "{\"Node\":\"n\",\"Service\":{\"Proxy\":{\"Upstreams\":[{\"DestinationName\":1}]}}} | NodeService.Service.Proxy.Alias.Upstreams.Alias.DestinationName of type string",
                "{\"Node\":\"n\",\"Checks\":[{\"Name\":1}]} | HealthCheck.Checks.Name of type string",
                "{\"Node\":\"n\",\"Check\":{\"Definition\":{\"HTTP\":1}}} | HealthCheck.Check.Definition.Alias.HTTP of type string",
            })
    void aValueOfTheWrongTypeIsNamedByItsPlace(String body, String place) {
        assertThatThrownBy(() -> CatalogBody.register(body.getBytes(StandardCharsets.UTF_8)))
                .hasMessageStartingWith("Request decode failed: json: cannot unmarshal ")
                .hasMessageEndingWith(" into Go struct field " + place);
    }
}
