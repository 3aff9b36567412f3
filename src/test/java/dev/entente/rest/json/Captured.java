package dev.entente.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceAddress;
import dev.entente.domain.catalog.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Captured bodies, and the domain's values that they show. */
final class Captured {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Captured() {}

    static String text(String name) {
        try (InputStream file = Captured.class.getResourceAsStream("/http/" + name)) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> items(String name) {
        List<JsonNode> items = new ArrayList<>();
        tree(name).forEach(items::add);
        return items;
    }

    static JsonNode tree(String name) {
        try {
            return JSON.readTree(text(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Instance instance(JsonNode shown) {
        List<Indexed<Check>> checks = new ArrayList<>();
        shown.get("Checks").forEach(check -> checks.add(check(check)));
        return new Instance(node(shown.get("Node")), service(shown.get("Service")), checks);
    }

    static Indexed<Node> node(JsonNode shown) {
        Node node = new Node(
                shown.get("ID").asText(),
                shown.get("Node").asText(),
                shown.get("Address").asText(),
                shown.get("Datacenter").asText(),
                texts(shown.get("TaggedAddresses")),
                texts(shown.get("Meta")));
        return indexed(node, shown);
    }

    static Indexed<Service> service(JsonNode shown) {
        Map<String, ServiceAddress> addresses = new HashMap<>();
        shown.path("TaggedAddresses")
                .fields()
                .forEachRemaining(each -> addresses.put(
                        each.getKey(),
                        new ServiceAddress(
                                each.getValue().get("Address").asText(),
                                each.getValue().get("Port").asInt())));
        Service service = new Service(
                shown.path("Kind").asText(""),
                shown.get("ID").asText(),
                shown.get("Service").asText(),
                list(shown.get("Tags")),
                shown.get("Address").asText(),
                addresses,
                texts(shown.get("Meta")),
                shown.path("Port").asInt(0),
                "",
                new Weights(
                        shown.at("/Weights/Passing").asInt(),
                        shown.at("/Weights/Warning").asInt()),
                shown.get("EnableTagOverride").asBoolean(),
                proxy(shown.path("Proxy")),
                Connect.NONE);
        return indexed(service, shown);
    }

    private static Proxy proxy(JsonNode shown) {
        return new Proxy(
                shown.path("DestinationServiceName").asText(""),
                shown.path("DestinationServiceID").asText(""),
                shown.path("LocalServiceAddress").asText(""),
                shown.path("LocalServicePort").asInt(0),
                "",
                "",
                Map.of(),
                List.of(),
                "",
                new Proxy.Expose(false, List.of()),
                null);
    }

    static Indexed<Check> check(JsonNode shown) {
        Check check = new Check(
                shown.get("Node").asText(),
                shown.get("CheckID").asText(),
                shown.get("Name").asText(),
                shown.get("Status").asText(),
                shown.get("Notes").asText(),
                shown.get("Output").asText(),
                shown.get("ServiceID").asText(),
                shown.get("ServiceName").asText(),
                list(shown.get("ServiceTags")),
                shown.get("Type").asText(),
                shown.path("Interval").asText(""),
                shown.path("Timeout").asText(""),
                0,
                CheckDefinition.NONE);
        return indexed(check, shown);
    }

    private static <T> Indexed<T> indexed(T value, JsonNode shown) {
        return new Indexed<>(
                value,
                shown.path("CreateIndex").asLong(),
                shown.path("ModifyIndex").asLong());
    }

    private static List<String> list(JsonNode shown) {
        List<String> items = new ArrayList<>();
        shown.forEach(item -> items.add(item.asText()));
        return items;
    }

    private static Map<String, String> texts(JsonNode shown) {
        Map<String, String> texts = new HashMap<>();
        shown.fields()
                .forEachRemaining(
                        each -> texts.put(each.getKey(), each.getValue().asText()));
        return texts;
    }
}
