package dev.entente.domain.peering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records and secrets that are written as a whole (protocol chapters 1.6 and 7.5). */
class WritePeeringTest {
    private static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");
    private static final PeeringId OLD = new PeeringId("11111111-1111-1111-1111-111111111111");
    private static final PeeringId NEW = new PeeringId("22222222-2222-2222-2222-222222222222");
    private static final Secret TOKEN = new Secret("token");
    private static final Secret STREAM = new Secret("stream");
    private static final SecretChange NOTHING = new SecretChange.Unchanged();

    private static Peering record(PeeringId id, String name, PeeringState state, @Nullable Instant deletedAt) {
        return new Peering(
                id,
                PartitionName.DEFAULT,
                new PeerName(name),
                state,
                deletedAt,
                Map.of("k", "v"),
                "",
                List.of(),
                "",
                List.of(),
                new Remote("", id.equals(OLD) ? "dc2" : ""));
    }

    private static HeldPeering held(PeeringState state, PeeringSecrets secrets) {
        return new HeldPeering(record(OLD, "Far", state, state == PeeringState.DELETING ? NOW : null), secrets);
    }

    private static String told(WritePeering command, @Nullable HeldPeering held) {
        return command.decide(held).fold(after -> "written", Refusal::text);
    }

    private static HeldPeering written(Peering wanted, @Nullable HeldPeering held, SecretChange secrets) {
        return new WritePeering(wanted, secrets).decide(held).orThrow().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                ''  | PENDING    | -     | Missing Peering Name
                far | DELETING   | -     | Missing deletion time for peering in deleting state
                far | TERMINATED | given | Unexpected state for peering with deletion time: TERMINATED
                far | UNDEFINED  | given | Unexpected state for peering with deletion time: UNDEFINED
                far | DELETING   | given | cannot create a new peering marked for deletion
                far | TERMINATED | -     | cannot create a new peering marked for deletion
                far | UNDEFINED  | -     | written
                far | ACTIVE     | -     | written
            """)
    void aNewRecordFollowsTheRules(String name, PeeringState state, @Nullable String deleted, String expected) {
        Peering wanted = record(NEW, name, state, deleted == null ? null : NOW);

        assertThat(told(new WritePeering(wanted, NOTHING), null)).isEqualTo(expected);
    }

    @Test
    void aNewRecordWithoutStateIsPending() {
        assertThat(written(record(NEW, "far", PeeringState.UNDEFINED, null), null, NOTHING)
                        .peering()
                        .state())
                .isEqualTo(PeeringState.PENDING);
    }

    @Test
    void aWriteKeepsIdSpellingAndRemoteAndAStateThatIsNoneToStore() {
        Peering after = written(
                        record(NEW, "far", PeeringState.ACTIVE, null),
                        held(PeeringState.ESTABLISHING, PeeringSecrets.NONE),
                        NOTHING)
                .peering();

        assertThat(after.id()).isEqualTo(OLD);
        assertThat(after.name().value()).isEqualTo("Far");
        assertThat(after.state()).isEqualTo(PeeringState.ESTABLISHING);
        assertThat(after.remote()).isEqualTo(new Remote("", "dc2"));
    }

    @Test
    void aRecordBeingDeletedIsNotWrittenAndSaysSoOnlyToWhoWantsItBack() {
        HeldPeering deleting = held(PeeringState.DELETING, PeeringSecrets.NONE);

        assertThat(told(new WritePeering(record(NEW, "far", PeeringState.PENDING, null), NOTHING), deleting))
                .isEqualTo("cannot write to peering that is marked for deletion");
        assertThat(written(record(NEW, "far", PeeringState.TERMINATED, null), deleting, NOTHING))
                .isEqualTo(deleting);
        assertThat(written(record(NEW, "far", PeeringState.DELETING, NOW.plusSeconds(1)), deleting, NOTHING))
                .isEqualTo(deleting);
    }

    @Test
    void theSecretsOfARecordThatIsMarkedGoWithTheWrite() {
        PeeringSecrets all = new PeeringSecrets(TOKEN.hash(), null, STREAM.hash(), null);

        assertThat(written(record(NEW, "far", PeeringState.DELETING, NOW), held(PeeringState.PENDING, all), NOTHING)
                        .secrets())
                .isEqualTo(PeeringSecrets.NONE);
        assertThat(written(record(NEW, "far", PeeringState.TERMINATED, null), held(PeeringState.PENDING, all), NOTHING)
                        .secrets())
                .isEqualTo(PeeringSecrets.NONE);
    }

    @Test
    void theSecretsMoveAsInTheirLife() {
        PeeringSecrets made = new SecretChange.TokenMade(TOKEN.hash())
                .from(PeeringSecrets.NONE)
                .orThrow();
        PeeringSecrets used =
                new SecretChange.TokenUsed(TOKEN, STREAM.hash()).from(made).orThrow();
        PeeringSecrets opened = new SecretChange.PendingUsed(STREAM).from(used).orThrow();

        assertThat(made).isEqualTo(new PeeringSecrets(TOKEN.hash(), null, null, null));
        assertThat(used).isEqualTo(new PeeringSecrets(null, STREAM.hash(), null, null));
        assertThat(opened).isEqualTo(new PeeringSecrets(null, null, STREAM.hash(), null));
        assertThat(new SecretChange.Established(STREAM)
                        .from(PeeringSecrets.NONE)
                        .orThrow())
                .isEqualTo(new PeeringSecrets(null, null, null, STREAM));
    }

    @Test
    void aStepThatDoesNotFitIsRefused() {
        PeeringSecrets opened = new PeeringSecrets(null, null, STREAM.hash(), null);
        PeeringSecrets made = new PeeringSecrets(TOKEN.hash(), null, null, null);
        SecretChange use = new SecretChange.TokenUsed(new Secret("other"), STREAM.hash());
        SecretChange promote = new SecretChange.PendingUsed(new Secret("other"));

        assertThat(refusal(use, PeeringSecrets.NONE))
                .contains("cannot exchange peering secret: no known secrets for peering");
        assertThat(refusal(use, opened)).contains("invalid establishment secret: peering was already established");
        assertThat(refusal(use, made)).contains("invalid establishment secret");
        assertThat(refusal(promote, PeeringSecrets.NONE))
                .contains("cannot promote pending secret: no known secrets for peering");
        assertThat(refusal(promote, made)).contains("invalid pending stream secret");
        assertThat(told(
                        new WritePeering(record(NEW, "far", PeeringState.PENDING, null), promote),
                        held(PeeringState.PENDING, made)))
                .isEqualTo("failed to write peering establishment secret: invalid pending stream secret");
    }

    private static Optional<String> refusal(SecretChange change, PeeringSecrets before) {
        return change.from(before).fold(after -> Optional.empty(), refusal -> Optional.of(refusal.text()));
    }

    @Test
    void addressesOfAnOperatorSurviveThoseThatThePeerTells() {
        Peering dialer = new Peering(
                OLD,
                PartitionName.DEFAULT,
                new PeerName("far"),
                PeeringState.ESTABLISHING,
                null,
                Map.of(),
                "p",
                List.of(),
                "",
                List.of("10.0.0.1:8503"),
                Remote.UNKNOWN,
                List.of("lb:443"));

        Peering after = new UpdateAddresses(OLD, List.of("10.0.0.9:8503"))
                .decide(new HeldPeering(dialer, PeeringSecrets.NONE))
                .orThrow()
                .orElseThrow()
                .peering();

        assertThat(after.dialAddresses()).containsExactly("lb:443");
        assertThat(after.serverAddresses()).containsExactly("10.0.0.9:8503");
        assertThat(after.inState(PeeringState.TERMINATED)
                        .shownAs(PeeringState.ACTIVE)
                        .dialAddresses())
                .containsExactly("lb:443");
    }
}
