package dev.entente.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entente.boot.StoresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of answers and what is refused of the parameters that all reads have (protocol chapters 6.1.4, 6.1.5 and 14.1). */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class AnswerFormTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();

    @TestHTTPResource
    URL server;

    private HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        String base = server.toString().replaceAll("/$", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    index=x                  | Invalid index
                    index=-1                 | Invalid index
                    index=18446744073709551616 | Invalid index
                    index=1.5                | Invalid index
                    wait=x                   | Invalid wait time
                    wait=10                  | Invalid wait time
                    wait=9223372036854775808s | Invalid wait time
                    stale&consistent         | Cannot specify ?stale with ?consistent, conflicting semantics.
                    cached&consistent        | Cannot specify ?cached with ?consistent, conflicting semantics.
                    max_stale=x              | Invalid max_stale value "x"
                    """)
    void aReadWithAMalformedParameterIsRefused(String query, String reason) throws Exception {
        for (String path : new String[] {"/v1/catalog/nodes", "/v1/health/service/consul", "/v1/peerings"}) {
            HttpResponse<byte[]> answer = get(path + "?" + query);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(text(answer)).isEqualTo(reason);
            assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
        }
    }

    /** How to answer, what is asked for, where it is, what of it: as a Consul server was seen to tell. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /v1/health/state/?wait=abc                 | Invalid wait time
                    /v1/health/service/?index=-1               | Invalid index
                    /v1/catalog/node/?max_stale=x              | Invalid max_stale value "x"
                    /v1/health/connect/x?filter=Nope&index=x   | Invalid index
                    /v1/catalog/node/?filter=Nope&dc=nope      | Missing node name
                    /v1/health/checks/x?filter=Nope&dc=nope    | No path to datacenter
                    /v1/catalog/services?filter=Nope&dc=nope   | No path to datacenter
                    /v1/catalog/services?dc=DC1                | No path to datacenter
                    /v1/status/leader?index=x                  | Invalid index
                    """)
    void ofSeveralMistakesTheFirstIsTold(String path, String reason) throws Exception {
        assertThat(text(get(path))).isEqualTo(reason);
    }

    @Test
    void aNameOutsideOfAsciiIsTextInAHeaderToo() throws Exception {
        HttpResponse<byte[]> answer = get("/v1/agent/health/service/name/%C3%BC");

        String reason = answer.headers().firstValue("X-Consul-Reason").orElseThrow();
        assertThat(new String(reason.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                .isEqualTo("ServiceName ü Not Found");
    }

    @Test
    void aNodeOfWhichAFilterLeavesNothingHasAnEmptyList() throws Exception {
        String node = JSON.readTree(get("/v1/catalog/nodes").body())
                .get(0)
                .get("Node")
                .asText();

        byte[] answer = get("/v1/catalog/node-services/" + node + "?filter=Port%20%3D%3D%2099")
                .body();
        assertThat(JSON.readTree(answer).get("Services").isArray()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/catalog/nodes?dc=nope",
                "/v1/catalog/service/x?filter=Nope",
                "/v1/health/state/any?filter=Nope",
                "/v1/connect/intentions?filter=Nope",
                "/v1/connect/intentions/match?by=source&name=x&dc=nope",
                "/v1/connect/ca/roots?dc=nope",
                "/v1/discovery-chain/x?dc=nope",
                "/v1/internal/ui/exported-services",
                "/v1/internal/ui/service-topology/x?kind=&dc=nope"
            })
    void aReadThatIsRefusedBeforeItKnowsAnythingSaysSoInItsHeaders(String path) throws Exception {
        HttpResponse<byte[]> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(header(answer, "X-Consul-Index")).contains("1");
        assertThat(header(answer, "X-Consul-Knownleader")).contains("false");
        assertThat(header(answer, "X-Consul-Lastcontact")).contains("0");
        assertThat(header(answer, "X-Consul-Query-Backend")).contains("blocking-query");
        assertThat(header(answer, "X-Consul-Effective-Consistency")).isEmpty();
    }

    /** As in the captures: these handlers begin their answer only when they have one, or stumble over the request itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/health/service/x?dc=nope",
                "/v1/health/service/x?filter=Nope",
                "/v1/health/service/x?passing=bad&index=abc",
                "/v1/config/service-defaults?dc=nope",
                "/v1/connect/intentions/match?by=nope&name=x",
                "/v1/connect/intentions/check?source=x",
                "/v1/connect/ca/configuration?dc=nope",
                "/v1/internal/ui/catalog-overview?dc=nope",
                "/v1/catalog/nodes?index=abc",
                "/v1/catalog/node/",
                "/v1/internal/ui/service-topology/x",
                "/v1/status/leader?dc=nope"
            })
    void otherRefusalsHaveNoIndex(String path) throws Exception {
        HttpResponse<byte[]> answer = get(path);

        assertThat(answer.statusCode()).isBetween(400, 500);
        assertThat(header(answer, "X-Consul-Index")).isEmpty();
        assertThat(header(answer, "X-Consul-Knownleader")).isEmpty();
    }

    /** The health of an agent's service comes as one word to whoever asks for plain text first (protocol chapter 6.8). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    -                          | ''          | false
                    text/plain                 | ''          | true
                    text/plain;charset=utf-8   | ''          | true
                    'text/plain, */*;q=0.1'    | ''          | true
                    'application/json, text/plain' | ''      | false
                    'application/json'         | ''          | false
                    TEXT/PLAIN                 | ''          | false
                    */*                        | ''          | false
                    'image/png'                | ''          | false
                    text/plain                 | format=json | true
                    application/json           | format=text | true
                    application/json           | format=Text | false
                    """)
    void whoAcceptsPlainTextFirstGetsAWord(@Nullable String accept, String query, boolean isText) throws Exception {
        String path = "/v1/agent/health/service/name/form-none" + (query.isEmpty() ? "" : "?" + query);

        HttpResponse<byte[]> answer = accept == null ? get(path) : get(path, "Accept", accept);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(header(answer, "Content-Type")).contains(isText ? "text/plain" : "application/json");
        assertThat(text(answer).startsWith("ServiceName form-none Not Found")).isEqualTo(isText);
    }

    /** What {@code passing} says is looked at when the instances are there. */
    @Test
    void aMalformedPassingIsRefusedAsOfWhatWasRead() throws Exception {
        HttpResponse<byte[]> answer = get("/v1/health/service/consul?passing=bad");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).isEqualTo("Invalid value for ?passing");
        assertThat(header(answer, "X-Consul-Index"))
                .isEqualTo(header(get("/v1/health/service/consul"), "X-Consul-Index"));
        assertThat(header(answer, "X-Consul-Knownleader")).contains("true");
        assertThat(header(answer, "X-Consul-Effective-Consistency")).contains("leader");
    }

    @Test
    void everyReadSaysAsOfWhenItIsAndTheIndexIsNeverZero() throws Exception {
        for (String path : new String[] {
            "/v1/catalog/nodes",
            "/v1/catalog/service/form-none",
            "/v1/health/service/form-none?peer=form-nobody",
            "/v1/config/mesh",
            "/v1/connect/intentions",
            "/v1/peerings",
            "/v1/internal/ui/services",
            "/v1/exported-services",
            "/v1/health/checks/form-none",
            "/v1/catalog/node/form-none"
        }) {
            HttpResponse<byte[]> answer = get(path);

            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(header(answer, "X-Consul-Index").map(Long::parseLong).orElse(0L))
                    .as(path)
                    .isPositive();
            assertThat(header(answer, "X-Consul-KnownLeader")).as(path).contains("true");
            assertThat(header(answer, "X-Consul-LastContact")).as(path).contains("0");
            assertThat(header(answer, "X-Consul-Default-ACL-Policy")).as(path).contains("allow");
            assertThat(header(answer, "Vary")).as(path).contains("Accept-Encoding");
        }
    }

    private static Optional<String> header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name);
    }

    @ParameterizedTest
    @CsvSource({"'',leader", "stale,stale", "consistent,consistent", "max_stale=5s,stale"})
    void theConsistencyOfAReadIsTold(String query, String told) throws Exception {
        assertThat(header(get("/v1/catalog/nodes?" + query), "X-Consul-Effective-Consistency"))
                .contains(told);
    }

    @Test
    void jsonIsCalledJsonAndATextText() throws Exception {
        assertThat(header(get("/v1/catalog/nodes"), "Content-Type")).contains("application/json");
        assertThat(header(get("/v1/health/service/"), "Content-Type")).contains("text/plain; charset=utf-8");
    }

    @Test
    void aLongAnswerIsCompressedForWhoTakesItSo() throws Exception {
        HttpResponse<byte[]> plain = get("/v1/agent/self");
        HttpResponse<byte[]> packed = get("/v1/agent/self", "Accept-Encoding", "deflate, gzip;q=0.8");

        assertThat(plain.body().length).isGreaterThan(1400);
        assertThat(header(plain, "Content-Encoding")).isEmpty();
        assertThat(header(packed, "Content-Encoding")).contains("gzip");
        assertThat(header(packed, "Content-Type")).contains("application/json");
        assertThat(packed.body().length).isLessThan(plain.body().length);
        byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();
        assertThat(JSON.readTree(unpacked).at("/Config/NodeName"))
                .isEqualTo(JSON.readTree(plain.body()).at("/Config/NodeName"));
    }

    /** The client asks for an upgrade to HTTP/2 with its first request. */
    @Test
    void withoutTlsAConnectionStaysWithItsProtocol() throws Exception {
        assertThat(get("/v1/catalog/nodes").version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void aShortAnswerAndOneForWhoDoesNotTakeItIsNotCompressed() throws Exception {
        assertThat(header(get("/v1/status/leader", "Accept-Encoding", "gzip"), "Content-Encoding"))
                .isEmpty();
        assertThat(header(get("/v1/agent/self", "Accept-Encoding", "gzip;q=0"), "Content-Encoding"))
                .isEmpty();
    }
}
