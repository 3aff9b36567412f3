package dev.entente.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.contract.Samples;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ConfigKind;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.config.ExportedServicesEntry.Consumer;
import dev.entente.domain.config.ExportedServicesEntry.ExportedService;
import dev.entente.domain.config.MeshEntry;
import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.domain.config.ServiceIntentionsEntry.HttpPermission;
import dev.entente.domain.config.ServiceIntentionsEntry.Permission;
import dev.entente.domain.config.ServiceIntentionsEntry.Source;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.intention.ServiceIdentity;
import dev.entente.engine.access.AllowAll;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.access.Caller;
import dev.entente.engine.access.Permission.Area;
import dev.entente.engine.view.InstantView;
import dev.entente.fake.InMemoryConfigEntryStore;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StoredConfigEntriesTest {
    private static final OptionalLong ALWAYS = OptionalLong.empty();

    private final InMemoryConfigEntryStore store = new InMemoryConfigEntryStore();
    private final InstantView view = new InstantView();
    private final ConfigEntries entries = entries(new AllowAll(), true);

    @Test
    void anEntryIsStoredInItsNormalFormAndShown() {
        assertThat(put(exports("web"), ALWAYS)).isTrue();

        assertThat(view.defaultPartition()
                        .configEntry(ExportedServicesEntry.KIND, "default")
                        .value())
                .hasValueSatisfying(held -> assertThat(held.value()).isEqualTo(exports("web")));
    }

    @Test
    void equalContentCountsAsWrittenWhateverIsComparedAndChangesNoIndex() {
        put(intentions("web", "allow"), ALWAYS);
        int before = view.published().size();

        assertThat(put(intentions("web", "allow"), ALWAYS)).isTrue();
        assertThat(put(intentions("web", "allow"), OptionalLong.of(99))).isTrue();
        assertThat(view.published()).hasSize(before);
    }

    @Test
    void zeroIsComparedToCreateOnlyAndAnotherIndexToReplaceOnlyThat() {
        assertThat(put(exports("a"), OptionalLong.of(7))).isFalse();
        assertThat(put(exports("a"), OptionalLong.of(0))).isTrue();
        assertThat(put(exports("b"), OptionalLong.of(0))).isFalse();
        assertThat(put(exports("b"), OptionalLong.of(index() + 1))).isFalse();
        assertThat(put(exports("b"), OptionalLong.of(index()))).isTrue();
    }

    @Test
    void anEntryIsDeletedWhenTheIndexFitsAndWhatIsNotThereCountsAsDeleted() {
        assertThat(delete(OptionalLong.of(5))).isTrue();
        put(exports("a"), ALWAYS);

        assertThat(delete(OptionalLong.of(index() + 1))).isFalse();
        assertThat(delete(OptionalLong.of(0))).isFalse();
        assertThat(delete(OptionalLong.of(index()))).isTrue();
        assertThat(view.defaultPartition()
                        .configEntries(ExportedServicesEntry.KIND)
                        .value())
                .isEmpty();
    }

    @Test
    void whatBreaksARuleIsRefusedBeforeThePermissionIsAsked() {
        List<dev.entente.engine.access.Permission> asked = new ArrayList<>();
        ConfigEntries guarded = entries(
                (caller, partition, permission) -> {
                    asked.add(permission);
                    return Uni.createFrom().failure(new RefusedException(denied()));
                },
                true);

        assertRefused(
                () -> await(guarded.put(Caller.ANONYMOUS, PartitionName.DEFAULT, intentions("", "allow"), ALWAYS)),
                "Name is required");
        assertThat(asked).isEmpty();
        assertRefused(
                () -> await(guarded.put(Caller.ANONYMOUS, PartitionName.DEFAULT, exports("web"), ALWAYS)),
                "Permission denied");
        assertRefused(
                () -> await(guarded.delete(
                        Caller.ANONYMOUS, PartitionName.DEFAULT, ConfigKind.SERVICE_INTENTIONS, "web", ALWAYS)),
                "Permission denied");
        assertThat(asked)
                .containsExactly(
                        dev.entente.engine.access.Permission.write(Area.MESH, ""),
                        dev.entente.engine.access.Permission.write(Area.INTENTION, "web"));
        assertThat(view.published()).isEmpty();
    }

    @Test
    void permissionsNeedAProtocolWithRequests() {
        Source looking = new Source(
                "a",
                "",
                List.of(new Permission("allow", new HttpPermission("/x", "", "", List.of(), List.of()))),
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
                () -> put(new ServiceIntentionsEntry("tcpsvc", List.of(looking), Map.of()), ALWAYS),
                "service \"tcpsvc\" has protocol \"tcp\", which is incompatible with L7 intentions permissions");
    }

    @Test
    void withoutConnectThereAreNoIntentions() {
        ConfigEntries off = entries(new AllowAll(), false);

        assertRefused(
                () -> await(off.put(Caller.ANONYMOUS, PartitionName.DEFAULT, intentions("web", "allow"), ALWAYS)),
                "Connect must be enabled in order to use this endpoint");
    }

    @Test
    void theOnlyMeshIsDeletedByAnyNameAndProxyDefaultsByTheirOwn() {
        put(new MeshEntry(false, null, null, null, Map.of()), ALWAYS);

        assertThat(await(entries.delete(Caller.ANONYMOUS, PartitionName.DEFAULT, ConfigKind.MESH, "other", ALWAYS)))
                .isTrue();
        assertThat(view.defaultPartition()
                        .configEntry(MeshEntry.KIND, MeshEntry.NAME)
                        .value())
                .isEmpty();
        assertRefused(
                () -> await(entries.delete(
                        Caller.ANONYMOUS, PartitionName.DEFAULT, ConfigKind.PROXY_DEFAULTS, "other", ALWAYS)),
                "invalid name (\"other\"), only \"global\" is supported");
    }

    @Test
    void intentionsAnswerFromTheView() {
        put(intentions("web", "deny"), ALWAYS);
        put(intentions("*", "allow"), ALWAYS);

        assertThat(IntentionAnswers.all(view.defaultPartition()).value().all()).hasSize(2);
        assertThat(allowed("api", "web")).isFalse();
        assertThat(allowed("api", "db")).isTrue();
        assertThat(allowed("other", "web")).isTrue();
    }

    private boolean allowed(String source, String destination) {
        return IntentionAnswers.check(view.defaultPartition(), ServiceIdentity.local(source), destination, true)
                .allowed();
    }

    private ConfigEntries entries(Authorizer authorizer, boolean connectEnabled) {
        return new StoredConfigEntries(store, view, authorizer, new StoredConfigEntries.Rules(connectEnabled, "dc1"));
    }

    private boolean put(ConfigEntry entry, OptionalLong cas) {
        return await(entries.put(Caller.ANONYMOUS, PartitionName.DEFAULT, entry, cas));
    }

    private boolean delete(OptionalLong cas) {
        return await(
                entries.delete(Caller.ANONYMOUS, PartitionName.DEFAULT, ConfigKind.EXPORTED_SERVICES, "default", cas));
    }

    private long index() {
        return view.defaultPartition()
                .configEntry(ExportedServicesEntry.KIND, "default")
                .value()
                .orElseThrow()
                .modifyIndex();
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String text) {
        assertThatThrownBy(call).isInstanceOf(RefusedException.class).hasMessage(text);
    }

    private static Refusal denied() {
        return new Refusal(Refusal.Kind.PERMISSION_DENIED, "Permission denied");
    }

    private static <T> T await(Uni<T> uni) {
        return Samples.await(uni);
    }

    private static ExportedServicesEntry exports(String service) {
        return new ExportedServicesEntry(
                "default", List.of(new ExportedService(service, "", List.of(new Consumer("", "far")))), Map.of());
    }

    private static ServiceIntentionsEntry intentions(String destination, String action) {
        Source source = new Source("api", action, List.of(), 0, "", "", "", Map.of(), null, null, "", "");
        return new ServiceIntentionsEntry(destination, List.of(source), Map.of());
    }
}
