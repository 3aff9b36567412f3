package dev.entente.contract;

import static dev.entente.contract.Samples.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.contract.ConfigEntrySamples.ServiceDefaultsSamples;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.IntentionEdit;
import dev.entente.domain.config.SamenessGroupEntry;
import dev.entente.domain.config.ServiceDefaultsEntry;
import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.domain.config.ServiceIntentionsEntry.Source;
import dev.entente.domain.config.ServiceResolverEntry;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.ConfigEntryStore;
import dev.entente.engine.port.ConfigEntryStore.Among;
import dev.entente.engine.port.ConfigEntryStore.ConfigEntryName;
import dev.entente.engine.port.ConfigEntryStore.Decision;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.RecordKind;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a store of config entries promises. */
public abstract class ConfigEntryStoreContract {
    private static final PartitionName PARTITION = PartitionName.DEFAULT;

    private final List<ConfigEntry> touched = new ArrayList<>();

    protected abstract ConfigEntryStore store();

    /** Entries such as those of the mesh and of all proxies would decide what other tests on the same stores see. */
    @AfterEach
    void nothingIsLeftBehind() {
        List.copyOf(touched).forEach(entry -> decide(entry, new Decision<>(false, Optional.empty(), null)));
    }

    static Stream<ConfigEntry> entries() {
        return ConfigEntrySamples.ofAllKinds();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void anEntryIsWrittenReadBackKeptRemovedAndCreatedAnew(ConfigEntry entry) {
        String key = Keys.configEntry(entry.kind(), entry.name());
        Change created = write(entry).changes().get(0);
        assertThat(created)
                .isEqualTo(Change.upsert(RecordKind.CONFIG_ENTRY, key, created.version(), created.version(), entry));
        assertThat(read(entry)).contains(new Indexed<>(entry, created.version(), created.version()));

        assertThat(write(entry).changes()).isEmpty();
        assertThat(decide(entry, new Decision<>(true, Optional.empty(), null)).changes())
                .isEmpty();
        assertThat(read(entry)).isPresent();

        Change removed = decide(entry, new Decision<>(false, Optional.empty(), null))
                .changes()
                .get(0);
        assertThat(removed).isEqualTo(Change.removal(RecordKind.CONFIG_ENTRY, key, removed.version()));
        assertThat(read(entry)).isEmpty();

        Change anew = write(entry).changes().get(0);
        assertThat(anew.createVersion()).isEqualTo(anew.version());
        assertThat(List.of(created.version(), removed.version(), anew.version()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void aDecisionAmongOthersSeesTheKindsThatWereAskedForAndChangesOneEntry() {
        ConfigEntry entry = ServiceDefaultsSamples.ofProtocol(Samples.name("web"), "http");
        ConfigEntry other = ServiceResolverEntry.defaultOf(Samples.name("api"));
        ConfigEntry unasked = ConfigEntrySamples.ofAllKinds()
                .filter(each -> each instanceof SamenessGroupEntry)
                .findFirst()
                .orElseThrow();
        write(other);
        write(unasked);
        List<Among> seen = new ArrayList<>();

        Committed<Void> written = among(entry, found -> {
            seen.add(found);
            return Outcome.accepted(new Decision<>(false, Optional.of(entry), null));
        });
        among(entry, found -> {
            seen.add(found);
            return Outcome.accepted(new Decision<>(true, Optional.empty(), null));
        });

        assertThat(seen.get(0).held()).isEmpty();
        assertThat(seen.get(0).all()).contains(other).doesNotContain(entry, unasked);
        assertThat(seen.get(1).held().map(Indexed::value)).contains(entry);
        assertThat(seen.get(1).all()).contains(entry, other);
        assertThat(read(entry)).isPresent();
        assertThat(written.changes()).hasSize(1);
    }

    private Committed<Void> among(ConfigEntry entry, Function<Among, Outcome<Decision<Void>>> decision) {
        touched.add(entry);
        return await(store().decideAmong(
                        PARTITION,
                        new ConfigEntryName(entry.kind(), entry.name()),
                        Set.of(ServiceDefaultsEntry.KIND, ServiceResolverEntry.KIND),
                        decision));
    }

    @Test
    void anEntryIsTheSameInWhateverCaseItsNameIsWritten() {
        // Given an entry
        String name = Samples.name("cased");
        ConfigEntry lower = ServiceDefaultsSamples.ofProtocol(name, "http");
        ConfigEntry upper = ServiceDefaultsSamples.ofProtocol(name.toUpperCase(Locale.ROOT), "grpc");
        Change created = write(lower).changes().get(0);

        // When it is written with its name in another case
        Change written = write(upper).changes().get(0);

        // Then it is one entry, under one key, with the name as it was written last, also for who removes it
        assertThat(written.key()).isEqualTo(created.key());
        assertThat(read(lower)).contains(new Indexed<>(upper, created.version(), written.version()));
        Change removed = decide(lower, new Decision<>(false, Optional.empty(), null))
                .changes()
                .get(0);
        assertThat(removed.key()).isEqualTo(created.key());
        assertThat(read(upper)).isEmpty();
    }

    @Test
    void aRefusalWritesNothing() {
        String name = Samples.name("refused");

        assertThatThrownBy(() -> await(store().decide(
                                PARTITION, "exported-services", name, held -> Outcome.refused(Refusal.invalid("no")))))
                .isInstanceOf(RefusedException.class)
                .hasMessage("no");
    }

    /** Each of many writers reads what the one before it left: of edits of one entry at the same time none is lost. */
    @Test
    void editsOfOneEntryAtTheSameTimeLoseNothing() {
        String name = Samples.name("edited");
        List<String> writers =
                IntStream.range(0, 20).mapToObj(i -> "writer-" + i).toList();

        await(Uni.join()
                .all(writers.stream().map(writer -> addSource(name, writer)).toList())
                .andFailFast());

        ServiceIntentionsEntry entry =
                (ServiceIntentionsEntry) read(new ServiceIntentionsEntry(name, List.of(), Map.of()))
                        .orElseThrow()
                        .value();
        assertThat(entry.sources()).extracting(Source::name).containsExactlyInAnyOrderElementsOf(writers);
    }

    private Uni<Committed<Void>> addSource(String destination, String name) {
        Source source = new Source(name, "allow", List.of(), 0, "", "", "", Map.of(), null, null, "", "");
        IntentionEdit edit = new IntentionEdit.Put(destination, source, Map.of());
        return store().decide(
                        PARTITION,
                        ServiceIntentionsEntry.KIND,
                        destination,
                        held -> edit.applyTo(held.map(Indexed::value).map(ServiceIntentionsEntry.class::cast))
                                .map(after -> new Decision<>(false, after.map(ConfigEntry.class::cast), null)));
    }

    private Committed<Void> write(ConfigEntry entry) {
        return decide(entry, new Decision<>(false, Optional.of(entry), null));
    }

    private Committed<Void> decide(ConfigEntry entry, Decision<Void> decision) {
        touched.add(entry);
        return await(store().decide(PARTITION, entry.kind(), entry.name(), held -> Outcome.accepted(decision)));
    }

    private Optional<Indexed<ConfigEntry>> read(ConfigEntry entry) {
        List<Optional<Indexed<ConfigEntry>>> seen = new ArrayList<>();
        await(store().<Void>decide(PARTITION, entry.kind(), entry.name(), held -> {
            seen.add(held);
            return Outcome.accepted(new Decision<>(true, Optional.empty(), null));
        }));
        return seen.get(seen.size() - 1);
    }
}
