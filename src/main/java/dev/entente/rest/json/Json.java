package dev.entente.rest.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON document, member by member, in the order of the calls. Methods ending in {@code IfAny} leave out what is empty,
 * zero or false, as Go's {@code omitempty} does.
 */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .characterEscapes(new GoEscapes())
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();
    /** From here on Go writes numbers with an exponent. */
    private static final double LARGEST_PLAIN = 1e21;

    private final JsonGenerator out;

    private Json(JsonGenerator out) {
        this.out = out;
    }

    /** The document that the content writes. */
    public static byte[] bytes(Consumer<Json> content) {
        // In pieces, so that a long document is not copied each time it has doubled.
        ByteArrayBuilder bytes = new ByteArrayBuilder(512);
        try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
            content.accept(new Json(generator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** An object document. */
    public static byte[] object(Consumer<Json> members) {
        return bytes(json -> json.members(members));
    }

    /** An array document. */
    public static <T> byte[] array(Iterable<T> items, BiConsumer<Json, T> item) {
        return bytes(json -> json.items(items, item));
    }

    /** A text as a document. */
    public static byte[] text(String value) {
        return bytes(json -> json.io(out -> out.writeString(value)));
    }

    /** An object as the next value. */
    public Json members(Consumer<Json> members) {
        io(JsonGenerator::writeStartObject);
        members.accept(this);
        return io(JsonGenerator::writeEndObject);
    }

    /** An array as the next value. */
    public <T> Json items(Iterable<T> items, BiConsumer<Json, T> item) {
        io(JsonGenerator::writeStartArray);
        items.forEach(each -> item.accept(this, each));
        return io(JsonGenerator::writeEndArray);
    }

    /** A text as the next value. */
    public Json value(String value) {
        return io(generator -> generator.writeString(value));
    }

    /** A boolean as the next value. */
    public Json value(boolean value) {
        return io(generator -> generator.writeBoolean(value));
    }

    /** A number as the next value. */
    public Json value(Number value) {
        return number(value);
    }

    /** Null as the next value. */
    public void nothing() {
        io(JsonGenerator::writeNull);
    }

    public Json name(String name) {
        return io(generator -> generator.writeFieldName(name));
    }

    public Json nothing(String name) {
        return io(generator -> generator.writeNullField(name));
    }

    public Json text(String name, String value) {
        return io(generator -> generator.writeStringField(name, value));
    }

    public Json textIfAny(String name, String value) {
        return value.isEmpty() ? this : text(name, value);
    }

    public Json number(String name, long value) {
        return io(generator -> generator.writeNumberField(name, value));
    }

    public Json numberIfAny(String name, long value) {
        return value == 0 ? this : number(name, value);
    }

    public Json flag(String name, boolean value) {
        return io(generator -> generator.writeBooleanField(name, value));
    }

    public Json flagIfSet(String name, boolean value) {
        return value ? flag(name, true) : this;
    }

    public Json object(String name, Consumer<Json> members) {
        return name(name).members(members);
    }

    public <T> Json array(String name, Iterable<T> items, BiConsumer<Json, T> item) {
        return name(name).items(items, item);
    }

    public <T> Json arrayIfAny(String name, List<T> items, BiConsumer<Json, T> item) {
        return items.isEmpty() ? this : array(name, items, item);
    }

    /** The items, or null when there are none. */
    public <T> Json arrayOrNull(String name, List<T> items, BiConsumer<Json, T> item) {
        return items.isEmpty() ? nothing(name) : array(name, items, item);
    }

    /** The object, unless there is none. */
    public <T> Json objectIfAny(String name, @Nullable T value, BiConsumer<Json, T> members) {
        return value == null ? this : object(name, json -> members.accept(json, value));
    }

    /** An object for each key, in key order. */
    public <T> Json objectsIfAny(String name, Map<String, T> values, BiConsumer<Json, T> members) {
        return values.isEmpty()
                ? this
                : object(
                        name,
                        json -> new TreeMap<>(values)
                                .forEach((key, value) -> json.object(key, each -> members.accept(each, value))));
    }

    /** A number in the fewest digits that tell it from its neighbours. */
    public Json decimal(String name, float value) {
        return name(name).number(new BigDecimal(Float.toString(value)).doubleValue());
    }

    /** A number, even zero, unless there is none. */
    public Json numberIfSet(String name, @Nullable Number value) {
        return value == null ? this : number(name, value.longValue());
    }

    public Json texts(String name, Iterable<String> values) {
        return array(name, values, Json::value);
    }

    public Json textsIfAny(String name, List<String> values) {
        return values.isEmpty() ? this : texts(name, values);
    }

    /** The texts, or null when there are none. */
    public Json textsOrNull(String name, @Nullable List<String> values) {
        return values == null || values.isEmpty() ? nothing(name) : texts(name, values);
    }

    public Json textMap(String name, Map<String, String> values) {
        return object(name, json -> new TreeMap<>(values).forEach(json::text));
    }

    public Json textMapIfAny(String name, Map<String, String> values) {
        return values.isEmpty() ? this : textMap(name, values);
    }

    /** The map, or null when it is empty. */
    public Json textMapOrNull(String name, Map<String, String> values) {
        return values.isEmpty() ? nothing(name) : textMap(name, values);
    }

    /** Free configuration: strings, numbers, booleans, null, lists and maps; maps in key order. */
    public Json freeIfAny(String name, Map<String, ? extends @Nullable Object> values) {
        return values.isEmpty() ? this : name(name).free(values);
    }

    /** Free configuration of any kind. */
    public Json free(String name, Object value) {
        return name(name).free(value);
    }

    private Json free(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            TreeMap<String, @Nullable Object> sorted = new TreeMap<>();
            map.forEach((key, each) -> sorted.put(String.valueOf(key), each));
            return members(json -> sorted.forEach((key, each) -> json.name(key).free(each)));
        }
        if (value instanceof List<?> list) {
            return items(list, Json::free);
        }
        if (value instanceof String text) {
            return value(text);
        }
        if (value instanceof Boolean flag) {
            return io(generator -> generator.writeBoolean(flag));
        }
        if (value instanceof Number number) {
            return number(number);
        }
        return io(JsonGenerator::writeNull);
    }

    private Json number(Number number) {
        double value = number.doubleValue();
        if (number instanceof Long || number instanceof Integer) {
            return io(generator -> generator.writeNumber(number.longValue()));
        }
        if (value == Math.rint(value) && Math.abs(value) < LARGEST_PLAIN) {
            return io(generator -> generator.writeNumber(new BigDecimal(value).toBigInteger()));
        }
        return io(generator -> generator.writeNumber(
                BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()));
    }

    private Json io(Write write) {
        try {
            write.to(out);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Write {
        void to(JsonGenerator generator) throws IOException;
    }
}
