package dev.entente.rest;

import static dev.entente.contract.Samples.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.chain.ChainCompiler;
import dev.entente.domain.chain.ChainQuestion;
import dev.entente.domain.chain.ChainQuestion.Overrides;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ConfigKind;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.engine.access.AllowAll;
import dev.entente.engine.access.Caller;
import dev.entente.engine.config.ConfigEntries;
import dev.entente.engine.config.StoredConfigEntries;
import dev.entente.engine.config.ViewEntries;
import dev.entente.engine.view.InstantView;
import dev.entente.fake.InMemoryConfigEntryStore;
import dev.entente.rest.body.ChainBody;
import dev.entente.rest.body.ConfigEntryBody;
import dev.entente.rest.json.ChainJson;
import dev.entente.rest.json.ConfigEntryJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Writes, reads and deletes entries one after the other as a real server was told to, and wants its answers. */
class CapturedConfigEntriesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRUST_DOMAIN = "efa556cc-7fbf-c11a-aa8e-7a78ffcca822.consul";

    private final InstantView view = new InstantView();
    private final ConfigEntries entries = new StoredConfigEntries(
            new InMemoryConfigEntryStore(), view, new AllowAll(), new StoredConfigEntries.Rules(true, "dc1"));

    @Test
    void everyCapturedExchangeIsAnsweredAlike() throws IOException {
        List<String> differences = new ArrayList<>();
        for (JsonNode exchange : exchanges()) {
            String wanted = exchange.get("status").asInt() + " "
                    + shape(exchange.get("body").asText());
            String got = shape(answer(exchange));
            if (!wanted.equals(got)) {
                differences.add("line " + exchange.get("line") + " " + exchange.get("method") + " "
                        + exchange.get("path") + " " + exchange.get("request") + "\n  wanted " + wanted + "\n  got    "
                        + got);
            }
        }
        assertThat(differences).as(String.join("\n", differences)).isEmpty();
    }

    private static String shape(String text) {
        return text.replaceAll("Index\":[0-9]+", "Index\":0").strip();
    }

    private String answer(JsonNode exchange) {
        String path = exchange.get("path").asText();
        String request = exchange.get("request").asText("");
        try {
            return path.startsWith("/v1/discovery-chain/")
                    ? chain(path.substring("/v1/discovery-chain/".length()), exchange, request)
                    : config(exchange.get("method").asText(), path, request);
        } catch (RefusedException refused) {
            return status(refused.refusal()) + " " + refused.refusal().text();
        }
    }

    private static int status(Refusal refusal) {
        return switch (refusal.kind()) {
            case BAD_REQUEST -> 400;
            case NOT_FOUND -> 404;
            default -> 500;
        };
    }

    private String config(String method, String path, String request) {
        OptionalLong cas = path.endsWith("?cas=0") ? OptionalLong.of(0) : OptionalLong.empty();
        if (method.equals("PUT")) {
            ConfigEntry entry = ConfigEntryBody.read(request.getBytes(StandardCharsets.UTF_8))
                    .entry();
            return "200 " + await(entries.put(Caller.ANONYMOUS, PartitionName.DEFAULT, entry, cas));
        }
        String[] parts =
                path.replace("?cas=0", "").substring("/v1/config/".length()).split("/", 2);
        ConfigKind kind = ConfigKind.of(parts[0]).orElseThrow();
        if (method.equals("DELETE")) {
            boolean deleted = await(entries.delete(Caller.ANONYMOUS, PartitionName.DEFAULT, kind, parts[1], cas));
            return "200 " + (cas.isPresent() ? deleted : "{}");
        }
        return parts.length == 1 ? "200 " + all(kind) : one(kind, parts[1]);
    }

    private String all(ConfigKind kind) {
        return text(ConfigEntryJson.list(
                PartitionName.DEFAULT,
                view.defaultPartition().configEntries(kind.text()).value()));
    }

    private String one(ConfigKind kind, String name) {
        Optional<Indexed<ConfigEntry>> found =
                view.defaultPartition().configEntry(kind.text(), name).value();
        return found.map(entry -> "200 " + text(ConfigEntryJson.one(PartitionName.DEFAULT, entry)))
                .orElse("404 Config entry not found for \"" + kind.text() + "\" / \"" + name + "\"");
    }

    private String chain(String service, JsonNode exchange, String request) {
        if (service.isEmpty()) {
            return "400 Missing chain name";
        }
        Overrides overrides = exchange.get("method").asText().equals("POST")
                ? ChainBody.read(request.getBytes(StandardCharsets.UTF_8))
                : Overrides.NONE;
        ChainQuestion question = new ChainQuestion(service, "default", "dc1", TRUST_DOMAIN, overrides);
        return ChainCompiler.compile(question, new ViewEntries(view.defaultPartition()))
                .fold(chain -> "200 " + text(ChainJson.write(chain)), refusal -> "500 " + refusal.text());
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    private static List<JsonNode> exchanges() throws IOException {
        try (InputStream file = CapturedConfigEntriesTest.class.getResourceAsStream("/http/config-entries.jsonl")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            List<JsonNode> exchanges = new ArrayList<>();
            for (String line : text.split("\n")) {
                exchanges.add(JSON.readTree(line));
            }
            return exchanges;
        }
    }
}
