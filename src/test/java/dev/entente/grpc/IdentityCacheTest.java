package dev.entente.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class IdentityCacheTest {
    private final AtomicInteger computed = new AtomicInteger();
    private final IdentityCache<Object, Integer> cache = new IdentityCache<>();

    private Integer get(Object key) {
        return cache.get(key, ignored -> computed.incrementAndGet());
    }

    @Test
    void theSameObjectIsComputedOnce() {
        Object key = new Object();

        assertThat(get(key)).isEqualTo(get(key)).isEqualTo(1);
    }

    @Test
    void equalObjectsAreToldApart() {
        Object one = new StringBuilder("x");
        List<String> first = List.of(one.toString());
        List<String> second = List.of(one.toString());

        assertThat(get(first)).isNotEqualTo(get(second));
    }

    @Test
    void whatNobodyHoldsIsForgotten() {
        for (int i = 0; i < 100; i++) {
            get(new Object());
        }

        Awaitility.await().untilAsserted(() -> {
            System.gc();
            assertThat(cache.size()).isZero();
        });
    }
}
