package dev.entente.engine.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.ImportedService;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImportQuotaTest {
    private final ImportQuota quota = new ImportQuota(100_000);

    private static ImportedService service(String name, int instances) {
        return new ImportedService(
                name,
                IntStream.range(0, instances)
                        .mapToObj(i -> new ImportedInstance(
                                new Node("", "n" + i, "10.0.0.1", "dc2", Map.of(), Map.of()),
                                Service.typical(name + i, name, 80),
                                List.of()))
                        .toList());
    }

    @Test
    void aPeerThatSendsEverNewServicesIsStoppedAtTheLimit() {
        int admitted = 0;
        while (admitted < 10_000 && quota.admits(service("s" + admitted, 1))) {
            admitted++;
        }

        assertThat(admitted).isBetween(50, 400);
        assertThat(quota.admits(service("another", 1))).isFalse();
    }

    @Test
    void theSameServiceCountsOnce() {
        for (int i = 0; i < 1000; i++) {
            assertThat(quota.admits(service("web", 20))).isTrue();
        }
    }

    @Test
    void whatIsGivenUpMakesRoom() {
        int many = 0;
        while (quota.admits(service("s" + many, 1))) {
            many++;
        }

        assertThat(quota.admits(service("s0", 0))).isTrue();
        assertThat(quota.admits(service("t0", 1))).isTrue();
        // As long as the first that was not admitted.
        assertThat(quota.admits(service("t" + many, 1))).isFalse();
        quota.retain(Set.of("s1"));
        assertThat(quota.admits(service("t" + many, 1))).isTrue();
    }

    @Test
    void aHundredThousandOfTheSmallestAreAdmittedByTheUsualLimit() {
        assertThat(new ImportQuota(128L * 1024 * 1024).admits(service("web", 100_000)))
                .isTrue();
    }

    @Test
    void whatAPeerMakesLongerCountsInFull() {
        Service padded = Service.typical("a".repeat(60_000), "web", 80);
        ImportedInstance instance =
                new ImportedInstance(new Node("", "n", "10.0.0.1", "dc2", Map.of(), Map.of()), padded, List.of());

        assertThat(quota.admits(new ImportedService("web", List.of(instance)))).isTrue();
        assertThat(quota.admits(new ImportedService("api", List.of(instance)))).isFalse();
    }

    @Test
    void oneServiceMayNotBeLargerThanAll() {
        assertThat(quota.admits(service("web", 1000))).isFalse();
        assertThat(quota.admits(service("web", 10))).isTrue();
    }
}
