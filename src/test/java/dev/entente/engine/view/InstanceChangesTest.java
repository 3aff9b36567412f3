package dev.entente.engine.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class InstanceChangesTest {
    private static final Indexed<Check> OF_NODE = new Indexed<>(Entries.check("n", "alive", "", Check.PASSING), 1, 1);

    private static Instance instance(InstanceKey key, int port, String status) {
        List<Indexed<Check>> checks = new ArrayList<>(List.of(OF_NODE));
        if (!status.isEmpty()) {
            checks.add(new Indexed<>(Entries.check(key.node(), "c-" + key.id(), key.id(), status), 1, 1));
        }
        return new Instance(
                new Indexed<>(Entries.node(key.node()), 1, 1),
                new Indexed<>(Service.typical(key.id(), "web", port), 1, 1),
                checks);
    }

    private static InstanceKey key(Random random) {
        return new InstanceKey("n" + random.nextInt(12), "web-" + random.nextInt(3));
    }

    private static Instance any(InstanceKey key, Random random) {
        return instance(key, random.nextInt(3), random.nextBoolean() ? Check.PASSING : "");
    }

    @Test
    void whatIsChangedInPartsIsWhatTheWholeWouldBe() {
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            SortedMap<InstanceKey, Instance> whole = new TreeMap<>();
            for (int i = random.nextInt(30); i > 0; i--) {
                InstanceKey key = key(random);
                whole.put(key, any(key, random));
            }
            List<Instance> before = List.copyOf(whole.values());
            SortedSet<InstanceKey> touched = new TreeSet<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                InstanceKey key = key(random);
                touched.add(key);
                switch (random.nextInt(3)) {
                    case 0 -> whole.remove(key);
                    case 1 -> whole.put(key, any(key, random));
                    default -> {
                        // touched, and nothing came of it
                    }
                }
            }
            List<Instance> after = List.copyOf(whole.values());

            InstanceChanges changes = InstanceChanges.of(before, touched, whole::get);

            assertThat(changes.after()).as("seed %d", seed).isEqualTo(after);
            assertThat(changes.isNone()).as("seed %d", seed).isEqualTo(before.equals(after));
            assertThat(changes.keepsServices())
                    .as("seed %d", seed)
                    .isEqualTo(services(before).equals(services(after)));
            assertThat(changes.keepsOwnChecks())
                    .as("seed %d", seed)
                    .isEqualTo(new ServiceInstances(before).hasSameOwnChecks(new ServiceInstances(after)));
        }
    }

    private static List<Service> services(List<Instance> instances) {
        return instances.stream().map(instance -> instance.service().value()).toList();
    }

    @Test
    void whatWasNotTouchedIsTakenOverAsItIs() {
        InstanceKey first = new InstanceKey("a", "1");
        InstanceKey second = new InstanceKey("b", "1");
        Instance failing = instance(second, 1, Check.CRITICAL);
        List<Instance> before = List.of(instance(first, 1, Check.PASSING), instance(second, 1, Check.PASSING));

        InstanceChanges changes = InstanceChanges.of(
                before,
                new TreeSet<>(List.of(second)),
                key -> Optional.of(failing).filter(known -> key.equals(second)).orElse(null));

        assertThat(changes.after().get(0)).isSameAs(before.get(0));
        assertThat(changes.after().get(1)).isSameAs(failing);
        assertThat(changes.keepsServices()).isTrue();
        assertThat(changes.keepsOwnChecks()).isFalse();
    }
}
