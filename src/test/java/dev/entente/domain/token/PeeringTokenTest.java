package dev.entente.domain.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeeringTokenTest {
    private static final PeeringToken TOKEN = new PeeringToken(
            List.of(),
            List.of(),
            List.of("10.0.0.11:8503", "10.0.0.12:8503"),
            "server.dc1.peering.11111111-2222-3333-4444-555555555555.consul",
            "9d0b2e3c-0000-0000-0000-000000000001",
            new Secret("c1b7"),
            "",
            "dc1");

    @Test
    void aTokenIsWrittenWithAllMembersInConsulsOrder() {
        assertThat(json(TOKEN.encode()))
                .isEqualTo("{\"CA\":null,\"ManualServerAddresses\":null,"
                        + "\"ServerAddresses\":[\"10.0.0.11:8503\",\"10.0.0.12:8503\"],"
                        + "\"ServerName\":\"server.dc1.peering.11111111-2222-3333-4444-555555555555.consul\","
                        + "\"PeerID\":\"9d0b2e3c-0000-0000-0000-000000000001\",\"EstablishmentSecret\":\"c1b7\","
                        + "\"Remote\":{\"Partition\":\"\",\"Datacenter\":\"dc1\",\"Locality\":null}}");
    }

    @Test
    void theSecretIsNotInTheTextOfAToken() {
        assertThat(TOKEN.toString()).doesNotContain("c1b7");
    }

    @Test
    void memberNamesMatchInAnyCaseUnknownOnesAreIgnoredAndTheLastOfSeveralCounts() {
        PeeringToken token = decoded("""
                {"ca": ["x"], "serveraddresses":["a:1"], "SERVERNAME": "first", "ServerName":"second", "Nope":[1,{"a":2.5e3}],
                 "peerid":"p", "Remote":{"partition":"east","Datacenter":"dc2","Locality":{"Region":"r"}}, "PeerID":null}
                """);

        assertThat(token)
                .isEqualTo(new PeeringToken(
                        List.of("x"), List.of(), List.of("a:1"), "second", "p", new Secret(""), "east", "dc2"));
    }

    @Test
    void aTokenOfTheSnapshotWithoutTheNewMembersIsRead() {
        assertThat(decoded("{}").serverAddresses()).isEmpty();
        assertThat(decoded("null").peerId()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    !!!              | 0
                    e                | 0
                    e3               | 0
                    e30              | 0
                    e30=!            | 4
                    e30==            | 4
                    e30=e30=         | 4
                    =                | 0
                    e=               | 1
                    e3=              | 3
                    e3=x             | 2
                    e30A=            | 4
                    e30A*            | 4
                    e30Ae            | 4
                    ä30=             | 0
                    e3-0             | 2
                    """)
    void whatIsNoBase64IsRefusedWithTheByteAtFault(String encoded, int at) {
        assertThat(refusal(PeeringToken.decode(encoded)))
                .isEqualTo(Refusal.invalid("failed to decode token: illegal base64 data at input byte " + at));
    }

    @Test
    void lineBreaksInBase64AreSkipped() {
        assertThat(refusal(PeeringToken.decode("e3\r\n0\n=\n").flatMap(PeeringToken::checked))
                        .text())
                .isEqualTo("peering token server addresses value is empty");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    ~~                       | unexpected end of JSON input
                    ~ ~                      | unexpected end of JSON input
                    x                        | invalid character 'x' looking for beginning of value
                    {                        | unexpected end of JSON input
                    {x                       | invalid character 'x' looking for beginning of object key string
                    {"a"                     | unexpected end of JSON input
                    {"a" 1                   | invalid character '1' after object key
                    {"a":1 2                 | invalid character '2' after object key:value pair
                    {"a":1,}                 | invalid character '}' looking for beginning of object key string
                    {"a":}                   | invalid character '}' looking for beginning of value
                    [1 2]                    | invalid character '2' after array element
                    [1,]                     | invalid character ']' looking for beginning of value
                    {} x                     | invalid character 'x' after top-level value
                    01                       | invalid character '1' after top-level value
                    -                        | unexpected end of JSON input
                    -x                       | invalid character 'x' in numeric literal
                    1.x                      | invalid character 'x' after decimal point in numeric literal
                    1ex                      | invalid character 'x' in exponent of numeric literal
                    trux                     | invalid character 'x' in literal true (expecting 'e')
                    nil                      | invalid character 'i' in literal null (expecting 'u')
                    "\\x"                    | invalid character 'x' in string escape code
                    "\\u12x4"                | invalid character 'x' in \\u hexadecimal character escape
                    "a                       | unexpected end of JSON input
                    'a'                      | invalid character '\\'' looking for beginning of value
                    ä                        | invalid character 'Ã' looking for beginning of value
                    []                       | json: cannot unmarshal array into Go value of type structs.PeeringToken
                    "x"                      | json: cannot unmarshal string into Go value of type structs.PeeringToken
                    true                     | json: cannot unmarshal bool into Go value of type structs.PeeringToken
                    {"CA":"x"}               | json: cannot unmarshal string into Go struct field PeeringToken.CA of type []string
                    {"CA":[1]}               | json: cannot unmarshal number into Go struct field PeeringToken.CA of type string
                    {"ServerName":{}}        | json: cannot unmarshal object into Go struct field PeeringToken.ServerName of type string
                    {"Remote":[]}            | json: cannot unmarshal array into Go struct field PeeringToken.Remote of type structs.PeeringTokenRemote
                    {"Remote":{"Partition":1}} | json: cannot unmarshal number into Go struct field PeeringTokenRemote.Remote.Partition of type string
                    """)
    void whatIsNoTokenInJsonIsRefusedInTheWordsOfConsulsServers(String json, String text) {
        assertThat(refusal(PeeringToken.decode(base64(json)))).isEqualTo(Refusal.invalid(text));
    }

    @Test
    void escapesAreUnderstood() {
        PeeringToken token =
                decoded("{\"ServerName\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\ud83d\\ude00\\ud83dx\\ud83d\\u0041\"}");

        assertThat(token.serverName()).isEqualTo("\"\\/\b\f\n\r\t\u00e4\ud83d\ude00\ufffdx\ufffdA");
    }

    @Test
    void absurdDepthIsRefusedInsteadOfFillingTheStack() {
        assertThat(refusal(PeeringToken.decode(base64("[".repeat(100_000)))).text())
                .isEqualTo("exceeded max depth");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.3.4:1", "host:65535", "[::1]:8503", ":8503", "localhost:+80", "a.b-c:0080"})
    void aHostAndAPortAreAServerAddress(String address) {
        assertThat(PeeringToken.isServerAddress(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3.4",
                "1.2.3.4:",
                "1.2.3.4:0",
                "1.2.3.4:65536",
                "h:-1",
                "h:x",
                "::1:8503",
                "[::1]",
                "[::1]8503",
                "h:99999999999999",
                "http://h:80",
                "h:80/",
                "[a:80",
                "a]:80"
            })
    void whatHasNoHostOrNoPortIsNone(String address) {
        assertThat(PeeringToken.isServerAddress(address)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {"CA":["x"]}                     | peering token invalid CA: no PEM-encoded data found
                    {"CA":["-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----\\n"]} | peering token invalid CA: x509: malformed certificate
                    {"CA":["-----BEGIN RSA KEY-----\\nAAAA\\n-----END RSA KEY-----\\n"]} | peering token invalid CA: first PEM-block should be CERTIFICATE type
                    {"ServerAddresses":[]}           | peering token server addresses value is empty
                    {"ServerAddresses":["1.2.3.4:99999"],"ServerName":"n"} | 1.2.3.4:99999 is not a valid peering server address
                    {"ServerAddresses":["h:1"],"ManualServerAddresses":["x"]} | x is not a valid peering server address
                    {"ServerAddresses":["h:1"]}      | peering token peer ID value is empty
                    """)
    void theFirstFaultInTheOrderOfTheTableIsTold(String json, String text) {
        assertThat(refusal(decoded(json).checked())).isEqualTo(Refusal.invalid(text));
    }

    @Test
    void aServerNameIsAskedForOnlyWithCas() {
        PeeringToken secured = CertificateSample.tokenWith("");
        PeeringToken plain = decoded("{\"ServerAddresses\":[\"h:1\"],\"PeerID\":\"p\"}");

        assertThat(refusal(secured.checked()).text()).isEqualTo("peering token server name value is empty");
        assertThat(plain.checked()).isEqualTo(Outcome.accepted(plain));
        assertThat(CertificateSample.tokenWith("name").checked())
                .isEqualTo(Outcome.accepted(CertificateSample.tokenWith("name")));
    }

    private static PeeringToken decoded(String json) {
        return PeeringToken.decode(base64(json)).orThrow();
    }

    private static String base64(String json) {
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(String encoded) {
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    private static Refusal refusal(Outcome<?> outcome) {
        return outcome.fold(
                value -> {
                    throw new AssertionError("accepted " + value);
                },
                refusal -> refusal);
    }
}
