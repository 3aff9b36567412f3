package dev.entente.engine.view;

import dev.entente.domain.catalog.Instance;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one service, immutable, together with their encoded form: made by the first reader that needs it and shared by
 * all until the entry changes.
 */
public final class ServiceInstances {
    public static final ServiceInstances NONE = new ServiceInstances(List.of());

    private final List<Instance> instances;
    private volatile byte @Nullable [] encoded;

    public ServiceInstances(List<Instance> instances) {
        this.instances = List.copyOf(instances);
    }

    public List<Instance> instances() {
        return instances;
    }

    /** The encoded form; two first readers may both make it, and the result is the same. */
    public byte[] encoded(Function<List<Instance>, byte[]> encoder) {
        byte[] bytes = encoded;
        if (bytes == null) {
            bytes = encoder.apply(instances);
            encoded = bytes;
        }
        return bytes;
    }
}
