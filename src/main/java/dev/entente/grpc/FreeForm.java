package dev.entente.grpc;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Free configuration: strings, numbers, booleans, null, lists and maps (protocol chapter 2.8).
 *
 * <p>The wire knows only doubles; a whole number becomes a {@link Long} here, so that clients read {@code 8080} and not
 * {@code 8080.0}.
 */
final class FreeForm {
    /** Up to here a double holds every whole number. */
    private static final double EXACT = 1L << 53;

    private FreeForm() {}

    static Map<String, @Nullable Object> decode(Struct struct) {
        Map<String, @Nullable Object> map = new TreeMap<>();
        struct.getFieldsMap().forEach((key, value) -> map.put(key, decode(value)));
        return map;
    }

    private static @Nullable Object decode(Value value) {
        return switch (value.getKindCase()) {
            case NUMBER_VALUE -> number(value.getNumberValue());
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case STRUCT_VALUE -> decode(value.getStructValue());
            case LIST_VALUE -> list(value.getListValue());
            case NULL_VALUE, KIND_NOT_SET -> null;
        };
    }

    private static Object number(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new IllegalArgumentException("a number in a configuration is not finite");
        }
        if (number == Math.rint(number) && Math.abs(number) <= EXACT) {
            return (long) number;
        }
        return number;
    }

    private static List<@Nullable Object> list(ListValue values) {
        List<@Nullable Object> list = new ArrayList<>(values.getValuesCount());
        for (Value value : values.getValuesList()) {
            list.add(decode(value));
        }
        return list;
    }

    static Struct encode(Map<String, ? extends @Nullable Object> map) {
        Struct.Builder struct = Struct.newBuilder();
        map.forEach((key, value) -> struct.putFields(key, value(value)));
        return struct.build();
    }

    private static Value value(@Nullable Object object) {
        Value.Builder value = Value.newBuilder();
        if (object == null) {
            return value.setNullValue(NullValue.NULL_VALUE).build();
        }
        if (object instanceof Number number) {
            return value.setNumberValue(number.doubleValue()).build();
        }
        if (object instanceof Boolean bool) {
            return value.setBoolValue(bool).build();
        }
        if (object instanceof Map<?, ?> map) {
            return value.setStructValue(nested(map)).build();
        }
        if (object instanceof Iterable<?> items) {
            ListValue.Builder list = ListValue.newBuilder();
            items.forEach(item -> list.addValues(value(item)));
            return value.setListValue(list).build();
        }
        return value.setStringValue(object.toString()).build();
    }

    private static Struct nested(Map<?, ?> map) {
        Struct.Builder struct = Struct.newBuilder();
        map.forEach((key, item) -> struct.putFields(String.valueOf(key), value(item)));
        return struct.build();
    }
}
