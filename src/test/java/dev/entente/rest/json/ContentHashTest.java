package dev.entente.rest.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.Weights;
import dev.entente.rest.body.ServiceBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hashes are those that a server of the 1.14 development line gave the same services. */
class ContentHashTest {

    static Stream<String> shown() {
        return Captured.text("agent-service-hashes.jsonl").lines();
    }

    @ParameterizedTest
    @MethodSource("shown")
    void aServiceHasTheHashThatTheReferenceGaveIt(String shown) throws Exception {
        ObjectNode body = (ObjectNode) new ObjectMapper().readTree(shown);
        String hash = body.remove("ContentHash").asText();
        body.remove("Datacenter");
        body.set("Name", body.remove("Service"));
        Service service = ServiceBody.register(body.toString().getBytes(StandardCharsets.UTF_8), false)
                .command()
                .service();

        assertThat(ContentHash.of(service)).isEqualTo(hash);
    }

    @Test
    void aHashHasNoZerosInFront() {
        Service foo = service("foo", List.of("bar", "baz"), 8000);
        assertThat(ContentHash.of(foo)).isEqualTo("3e352f348d44f7eb");
        assertThat(Stream.iterate(1, port -> port + 1)
                        .limit(1000)
                        .map(port -> ContentHash.of(service("foo", List.of(), port))))
                .anyMatch(hash -> hash.length() < 16)
                .noneMatch(hash -> hash.startsWith("0"));
    }

    private static Service service(String name, List<String> tags, int port) {
        Service typical = Service.typical(name, name, port);
        return new Service(
                typical.kind(),
                typical.id(),
                typical.name(),
                tags,
                typical.address(),
                typical.taggedAddresses(),
                typical.meta(),
                typical.port(),
                typical.socketPath(),
                new Weights(1, 1),
                typical.enableTagOverride(),
                typical.proxy(),
                typical.connect());
    }
}
