package dev.entente.rest.json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Hashes of structures by the rules that Consul's content hashes follow, so that equal structures have equal hashes in both: FNV-1
 * of 64 bits over each value, one after the other where order counts, and exclusive or where it does not. Integers are hashed as 64
 * bits, little end first, and whatever is not there as the integer 0.
 */
final class StructureHash {
    /** Of a structure, number or text that is not there. */
    static final long ABSENT = of(0);

    private static final long EMPTY = 0;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private long hash;

    /** A structure without fields as yet. */
    StructureHash(String type) {
        hash = of(type);
    }

    StructureHash with(String field, long value) {
        hash ^= ordered(of(field), value);
        return this;
    }

    StructureHash with(String field, String value) {
        return with(field, of(value));
    }

    StructureHash with(String field, int value) {
        return with(field, of(value));
    }

    StructureHash with(String field, boolean value) {
        return with(field, of(value));
    }

    long value() {
        return hash;
    }

    static long of(String text) {
        long fnv = FNV_OFFSET;
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            fnv = step(fnv, each);
        }
        return fnv;
    }

    static long of(int number) {
        return eightBytes(FNV_OFFSET, number);
    }

    static long of(boolean flag) {
        return step(FNV_OFFSET, (byte) (flag ? 1 : 0));
    }

    static <T> long of(List<T> items, ToLongFunction<? super T> item) {
        long all = EMPTY;
        for (T each : items) {
            all = ordered(all, item.applyAsLong(each));
        }
        return all;
    }

    static <T extends @Nullable Object> long of(Map<String, T> entries, ToLongFunction<? super T> value) {
        long all = EMPTY;
        for (Map.Entry<String, T> each : entries.entrySet()) {
            all ^= ordered(of(each.getKey()), value.applyAsLong(each.getValue()));
        }
        return all;
    }

    /** Free values: what JSON can say, every number of it as a floating point one. */
    static long ofFree(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            long all = EMPTY;
            for (Map.Entry<?, ?> each : map.entrySet()) {
                all ^= ordered(of(String.valueOf(each.getKey())), ofFree(each.getValue()));
            }
            return all;
        }
        if (value instanceof List<?> list) {
            return of(list, StructureHash::ofFree);
        }
        if (value instanceof Boolean flag) {
            return of(flag.booleanValue());
        }
        if (value instanceof Number number) {
            return eightBytes(FNV_OFFSET, Double.doubleToLongBits(number.doubleValue()));
        }
        return value == null ? ABSENT : of(value.toString());
    }

    private static long ordered(long first, long second) {
        return eightBytes(eightBytes(FNV_OFFSET, first), second);
    }

    private static long eightBytes(long fnv, long bytes) {
        long next = fnv;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            next = step(next, (byte) (bytes >>> shift));
        }
        return next;
    }

    private static long step(long fnv, byte next) {
        return fnv * FNV_PRIME ^ Byte.toUnsignedLong(next);
    }
}
