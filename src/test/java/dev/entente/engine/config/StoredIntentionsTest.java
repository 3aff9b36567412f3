package dev.entente.engine.config;

import static dev.entente.contract.Samples.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.contract.ConfigEntrySamples.ServiceDefaultsSamples;
import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.domain.config.ServiceIntentionsEntry.HttpPermission;
import dev.entente.domain.config.ServiceIntentionsEntry.Permission;
import dev.entente.domain.config.ServiceIntentionsEntry.Source;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.intention.Intention;
import dev.entente.domain.intention.ServiceIdentity;
import dev.entente.engine.access.AllowAll;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.access.Caller;
import dev.entente.engine.port.Ids;
import dev.entente.engine.view.InstantView;
import dev.entente.fake.InMemoryConfigEntryStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredIntentionsTest {
    private static final PartitionName PARTITION = PartitionName.DEFAULT;
    private static final String UNKNOWN = "aaaaaaaa-0000-0000-0000-00000000ffff";

    private final InMemoryConfigEntryStore store = new InMemoryConfigEntryStore();
    private final InstantView view = new InstantView();
    private Instant now = Instant.parse("2026-11-25T20:00:00Z");
    private final IntentionCommands commands = commands(new AllowAll());
    private final ConfigEntries entries =
            new StoredConfigEntries(store, view, new AllowAll(), new StoredConfigEntries.Rules(true, "dc1"));

    @Test
    void aRuleByNamesIsWrittenReplacedAndTakenAway() {
        put("web", source("api", "allow"));
        put("web", source("*", "deny"));
        put("web", source("api", "deny"));

        assertThat(sources("web")).extracting(Source::name).containsExactly("api", "*");
        assertThat(sources("web")).extracting(Source::action).containsOnly("deny");
        assertThat(sources("web")).extracting(Source::precedence).containsExactly(9, 8);

        delete("web", "api");
        delete("web", "api");
        delete("web", "*");

        assertThat(view.defaultPartition()
                        .configEntry(ServiceIntentionsEntry.KIND, "web")
                        .value())
                .isEmpty();
    }

    @Test
    void aRuleAboutAPeersServiceOfTheSameNameIsLeftAlone() {
        Source far = new Source("api", "allow", List.of(), 0, "", "", "", Map.of(), null, null, "far", "");
        config("web", Map.of(), far);

        put("web", source("api", "deny"));
        assertThat(sources("web")).extracting(Source::peer).containsExactly("far", "");
        delete("web", "api");

        assertThat(sources("web")).extracting(Source::peer).containsExactly("far");
    }

    @Test
    void metaIsTheEntrysAndMayOnlyBeSentBackUnchanged() {
        assertRefused(() -> put("new", source("a", "allow"), Map.of("k", "v")), "Meta must not be specified");
        config("web", Map.of("k", "v"), source("a", "allow"));

        assertRefused(
                () -> put("web", source("a", "deny"), Map.of("k", "other")),
                "Meta must not be specified, or should be unchanged during an update.");
        put("web", source("a", "deny"), Map.of("k", "v"));
        put("web", source("b", "deny"));

        assertThat(intentions()).extracting(Intention::meta).containsOnly(Map.of("k", "v"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        a  |       | Sources[0].Action must be set to 'allow' or 'deny'
        a  | nope  | Sources[0].Action must be set to 'allow' or 'deny'
        a* | allow | Sources[0].Name: wildcard character '*' cannot be used with partial values
        """)
    void aRuleThatCannotBeIsRefused(String name, String action, String text) {
        assertRefused(() -> put("b", source(name, action == null ? "" : action)), text);
        assertThat(intentions()).isEmpty();
    }

    @Test
    void permissionsNeedAProtocolWithRequests() {
        Source looking = new Source(
                "a",
                "",
                List.of(new Permission("allow", new HttpPermission("/c", "", "", List.of(), List.of()))),
                0,
                "",
                "",
                "",
                Map.of(),
                null,
                null,
                "",
                "");

        assertRefused(
                () -> put("b", looking),
                "service \"b\" has protocol \"tcp\", which is incompatible with L7 intentions permissions");
        await(entries.put(
                Caller.ANONYMOUS, PARTITION, ServiceDefaultsSamples.ofProtocol("b", "http"), OptionalLong.empty()));
        put("b", looking);
        assertThat(intentions()).hasSize(1);
    }

    @Test
    void aRuleByIdKeepsItsTimeOfCreationAndItsOwnMeta() {
        String id = create("web", legacy("a", "allow", Map.of("k", "v")));
        Instant created = now;
        now = now.plus(Duration.ofMinutes(1));

        await(commands.update(Caller.ANONYMOUS, PARTITION, "web", underId(legacy("b", "deny", Map.of()), id)));

        Intention intention = intentions().get(0);
        assertThat(intention.source().name()).isEqualTo("b");
        assertThat(intention.source().legacyId()).isEqualTo(id);
        assertThat(intention.source().legacyCreateTime()).isEqualTo(created);
        assertThat(intention.source().legacyUpdateTime()).isEqualTo(now);
        assertThat(intention.meta()).isEmpty();
        assertThat(IntentionAnswers.check(view.defaultPartition(), ServiceIdentity.local("b"), "web", true)
                        .reason())
                .isEqualTo(
                        "Matched L4 intention: default/b => default/web (ID: " + id + ", Precedence: 9, Action: DENY)");

        await(commands.deleteById(Caller.ANONYMOUS, PARTITION, id));
        assertThat(intentions()).isEmpty();
    }

    @Test
    void aWriteByNamesTurnsRulesWithIdsIntoPlainOnes() {
        String id = create("web", legacy("a", "allow", Map.of()));
        create("web", legacy("b", "allow", Map.of()));

        put("web", source("a", "deny"));

        assertThat(sources("web")).extracting(Source::legacyId).containsOnly("");
        assertThat(sources("web")).extracting(Source::legacyCreateTime).containsOnlyNulls();
        assertRefused(
                () -> create("web", legacy("c", "allow", Map.of())),
                "cannot use legacy intention API to edit intentions with a destination of \"web\" after editing them"
                        + " via a service-intentions config entry");
        assertRefused(
                () -> await(commands.deleteById(Caller.ANONYMOUS, PARTITION, id)),
                "Cannot delete non-existent intention: '" + id + "'");
    }

    @Test
    void whatTheDeprecatedFormsRefuse() {
        String id = create("web", legacy("a", "allow", Map.of()));

        assertRefused(() -> create("web", legacy("a", "deny", Map.of())), "Sources[1] defines \"a\" more than once");
        assertRefused(
                () -> create("web", underId(legacy("b", "deny", Map.of()), UNKNOWN)),
                "ID must be empty when creating a new intention");
        assertRefused(
                () -> create("web", legacy("b", "", Map.of())),
                "1 error occurred:\n\t* Action must be set to 'allow' or 'deny'\n\n");
        assertRefused(
                () -> create("web", legacy("b", "deny", Map.of("k", "v".repeat(513)))),
                "1 error occurred:\n\t* Meta value for key \"k\" exceeds maximum length 512\n\n");
        assertRefused(() -> create("", legacy("b", "deny", Map.of())), "Permission denied");
        assertRefused(() -> await(commands.deleteById(Caller.ANONYMOUS, PARTITION, "")), "Permission denied");
        assertRefused(
                () -> await(commands.deleteById(Caller.ANONYMOUS, PARTITION, "nope")),
                "Intention lookup failed: failed config entry lookup: index error: UUID must be 36 characters");
        assertRefused(
                () -> update("web", legacy("b", "deny", Map.of()), UNKNOWN),
                "Cannot modify non-existent intention: '" + UNKNOWN + "'");
        assertRefused(
                () -> update("other", legacy("a", "deny", Map.of()), id),
                "Cannot modify Destination partition/namespace/name for an intention once it exists.");
    }

    @Test
    void whoMayNotIsRefusedAndNothingIsWritten() {
        IntentionCommands guarded = commands((caller, partition, permission) -> Uni.createFrom()
                .failure(new RefusedException(new Refusal(Refusal.Kind.PERMISSION_DENIED, "no " + permission.name()))));

        assertRefused(
                () -> await(guarded.put(Caller.ANONYMOUS, PARTITION, "web", source("a", "allow"), Map.of())), "no web");
        assertRefused(() -> await(guarded.delete(Caller.ANONYMOUS, PARTITION, "web", "a")), "no web");
        assertRefused(
                () -> await(guarded.create(Caller.ANONYMOUS, PARTITION, "web", legacy("a", "allow", Map.of()))),
                "no web");
        assertThat(view.published()).isEmpty();
    }

    private IntentionCommands commands(Authorizer authorizer) {
        return new StoredIntentions(
                store, view, view, authorizer, new StoredIntentions.Surroundings("dc1", new RandomIds(), () -> now));
    }

    private static final class RandomIds implements Ids {
        @Override
        public String uuid() {
            return UUID.randomUUID().toString();
        }

        @Override
        public Secret secret() {
            throw new UnsupportedOperationException();
        }
    }

    private void put(String destination, Source source) {
        put(destination, source, Map.of());
    }

    private void put(String destination, Source source, Map<String, String> meta) {
        await(commands.put(Caller.ANONYMOUS, PARTITION, destination, source, meta));
    }

    private void delete(String destination, String source) {
        await(commands.delete(Caller.ANONYMOUS, PARTITION, destination, source));
    }

    private String create(String destination, Source source) {
        return await(commands.create(Caller.ANONYMOUS, PARTITION, destination, source));
    }

    private void update(String destination, Source source, String id) {
        await(commands.update(Caller.ANONYMOUS, PARTITION, destination, underId(source, id)));
    }

    private void config(String destination, Map<String, String> meta, Source source) {
        await(entries.put(
                Caller.ANONYMOUS,
                PARTITION,
                new ServiceIntentionsEntry(destination, List.of(source), meta),
                OptionalLong.empty()));
    }

    private List<Source> sources(String destination) {
        return ((ServiceIntentionsEntry) view.defaultPartition()
                        .configEntry(ServiceIntentionsEntry.KIND, destination)
                        .value()
                        .orElseThrow()
                        .value())
                .sources();
    }

    private List<Intention> intentions() {
        return IntentionAnswers.all(view.defaultPartition()).value().all();
    }

    private static Source source(String name, String action) {
        return legacy(name, action, Map.of());
    }

    private static Source legacy(String name, String action, Map<String, String> meta) {
        return new Source(name, action, List.of(), 0, "", "consul", "", meta, null, null, "", "");
    }

    private static Source underId(Source source, String id) {
        return new Source(
                source.name(),
                source.action(),
                source.permissions(),
                0,
                id,
                source.type(),
                source.description(),
                source.legacyMeta(),
                null,
                null,
                "",
                "");
    }

    private static void assertRefused(ThrowingCallable call, String text) {
        assertThatThrownBy(call).isInstanceOf(RefusedException.class).hasMessage(text);
    }
}
