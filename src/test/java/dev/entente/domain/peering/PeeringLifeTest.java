package dev.entente.domain.peering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.identity.SecretHash;
import dev.entente.domain.token.PeeringToken;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command on every record there can be; what is not a new state stands as the text of the refusal. */
class PeeringLifeTest {
    private static final PeeringId ID = new PeeringId("00000000-0000-0000-0000-000000000001");
    private static final PeeringId OTHER = new PeeringId("00000000-0000-0000-0000-000000000002");
    private static final PeerName NAME = new PeerName("Far");
    private static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");
    private static final Secret ESTABLISHMENT = new Secret("establishment");
    private static final Secret PENDING = new Secret("pending");
    private static final Secret ACTIVE = new Secret("active");
    private static final Secret FRESH = new Secret("fresh");
    private static final Secret DIALING = new Secret("dialing");
    private static final Remote EAST = new Remote("", "east");
    private static final PeeringToken TOKEN = new PeeringToken(
            List.of("new ca"), List.of(), List.of("new:1"), "new name", "new peer id", ESTABLISHMENT, "", "west");

    private static final String IS_DIALER =
            "cannot create peering with name: \"Far\"; there is already an established peering";
    private static final String IS_ACCEPTOR =
            "cannot create peering with name: \"Far\"; there is an existing peering expecting to be dialed";
    private static final String MARKED = "failed to write peering: cannot write to peering that is marked for deletion";
    private static final String TO_DIALING =
            "failed to write peering: Cannot switch peering dialing mode from false to true";
    private static final String FROM_DIALING =
            "failed to write peering: Cannot switch peering dialing mode from true to false";
    private static final String DENIED_EXCHANGE = "invalid peering establishment secret";
    private static final String UNKNOWN = "initial subscription for unknown PeerID: " + ID;
    private static final String DELETED = "peering is marked as deleted: " + ID;
    private static final String DENIED_OPEN = "invalid peering stream secret";
    private static final String UNAUTHORISED = "unable to authorize connection, peering must be re-established";
    private static final String UNMARKED = "cannot delete a peering without first marking for deletion";
    private static final String SAME = "(same)";
    private static final String GONE = "(gone)";

    private static final String FROM_WRITTEN = "Cannot switch peering dialing mode from true to false";
    private static final Peering WRITTEN = new Peering(
            OTHER,
            PartitionName.DEFAULT,
            NAME,
            PeeringState.UNDEFINED,
            null,
            Map.of(),
            "",
            List.of(),
            "",
            List.of(),
            Remote.UNKNOWN);
    private static final Map<String, @Nullable HeldPeering> RECORDS = records();
    private static final Map<String, PeeringCommand> COMMANDS = commands();

    /** Columns: none, acceptor PENDING / TERMINATED / DELETING, dialer PENDING / ESTABLISHING / TERMINATED / DELETING. */
    static Stream<Arguments> table() {
        return Stream.of(
                        row(
                                "generate token",
                                "PENDING",
                                SAME,
                                "PENDING",
                                MARKED,
                                IS_DIALER,
                                IS_DIALER,
                                IS_DIALER,
                                IS_DIALER),
                        row(
                                "begin establish",
                                "PENDING",
                                IS_ACCEPTOR,
                                IS_ACCEPTOR,
                                IS_ACCEPTOR,
                                SAME,
                                "PENDING",
                                "PENDING",
                                MARKED),
                        row(
                                "begin establish, connected",
                                "PENDING",
                                IS_ACCEPTOR,
                                IS_ACCEPTOR,
                                IS_ACCEPTOR,
                                SAME,
                                SAME,
                                "PENDING",
                                MARKED),
                        row(
                                "complete establish",
                                MARKED,
                                TO_DIALING,
                                TO_DIALING,
                                MARKED,
                                "ESTABLISHING",
                                SAME,
                                "ESTABLISHING",
                                MARKED),
                        row(
                                "complete establish, other id",
                                MARKED,
                                MARKED,
                                MARKED,
                                MARKED,
                                MARKED,
                                MARKED,
                                MARKED,
                                MARKED),
                        row(
                                "exchange",
                                DENIED_EXCHANGE,
                                SAME,
                                DENIED_EXCHANGE,
                                DENIED_EXCHANGE,
                                DENIED_EXCHANGE,
                                DENIED_EXCHANGE,
                                DENIED_EXCHANGE,
                                DENIED_EXCHANGE),
                        row(
                                "exchange, wrong secret",
                                DENIED_EXCHANGE,
                                DENIED_EXCHANGE,
                                DENIED_EXCHANGE,
                                DENIED_EXCHANGE,
                                DENIED_EXCHANGE,
                                DENIED_EXCHANGE,
                                DENIED_EXCHANGE,
                                DENIED_EXCHANGE),
                        row(
                                "exchange, other id",
                                DENIED_EXCHANGE,
                                DENIED_EXCHANGE,
                                DENIED_EXCHANGE,
                                DENIED_EXCHANGE,
                                DENIED_EXCHANGE,
                                DENIED_EXCHANGE,
                                DENIED_EXCHANGE,
                                DENIED_EXCHANGE),
                        row(
                                "open, active secret",
                                UNKNOWN,
                                SAME,
                                DELETED,
                                DELETED,
                                UNAUTHORISED,
                                DENIED_OPEN,
                                DELETED,
                                DELETED),
                        row(
                                "open, pending secret",
                                UNKNOWN,
                                SAME,
                                "PENDING",
                                DELETED,
                                UNAUTHORISED,
                                DENIED_OPEN,
                                DELETED,
                                DELETED),
                        row(
                                "open, wrong secret",
                                UNKNOWN,
                                DENIED_OPEN,
                                DELETED,
                                DELETED,
                                UNAUTHORISED,
                                DENIED_OPEN,
                                DELETED,
                                DELETED),
                        row(
                                "open, the dialer's secret",
                                UNKNOWN,
                                DENIED_OPEN,
                                DELETED,
                                DELETED,
                                UNAUTHORISED,
                                "expected PeerID to be empty; the wrong end of peering is being dialed",
                                DELETED,
                                DELETED),
                        row("terminate", SAME, "TERMINATED", SAME, SAME, "TERMINATED", "TERMINATED", SAME, SAME),
                        row("terminate, other id", SAME, SAME, SAME, SAME, SAME, SAME, SAME, SAME),
                        row("terminate, earlier life", SAME, SAME, SAME, SAME, SAME, SAME, SAME, SAME),
                        row("delete", SAME, "DELETING", "DELETING", SAME, "DELETING", "DELETING", "DELETING", SAME),
                        row("remove", SAME, UNMARKED, UNMARKED, GONE, UNMARKED, UNMARKED, UNMARKED, GONE),
                        row("remove, other id", SAME, SAME, SAME, SAME, SAME, SAME, SAME, SAME),
                        row("update addresses", SAME, TO_DIALING, SAME, MARKED, SAME, SAME, SAME, MARKED),
                        row(
                                "update addresses to none",
                                SAME,
                                TO_DIALING,
                                SAME,
                                MARKED,
                                FROM_DIALING,
                                FROM_DIALING,
                                SAME,
                                MARKED),
                        row(
                                "write",
                                "PENDING",
                                SAME,
                                SAME,
                                "cannot write to peering that is marked for deletion",
                                FROM_WRITTEN,
                                FROM_WRITTEN,
                                FROM_WRITTEN,
                                FROM_WRITTEN),
                        row("update addresses, other id", SAME, SAME, SAME, SAME, SAME, SAME, SAME, SAME))
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> row(String command, String... expected) {
        assertThat(expected).hasSameSizeAs(RECORDS.keySet());
        List<String> records = List.copyOf(RECORDS.keySet());
        return Stream.iterate(0, i -> i + 1)
                .limit(expected.length)
                .map(i -> Arguments.of(command, records.get(i), expected[i]));
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @MethodSource("table")
    void aCommandOnARecordLeadsToTheStateOrTheRefusalOfTheTable(String command, String record, String expected) {
        HeldPeering held = RECORDS.get(record);

        String actual = COMMANDS.get(command).decide(held).fold(after -> told(held, after), Refusal::text);

        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void theTableHasEveryCommandOnEveryRecord() {
        assertThat(table().map(row -> row.get()[0] + " on " + row.get()[1]).distinct())
                .hasSize(COMMANDS.size() * RECORDS.size());
        assertThat(COMMANDS.values().stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(PeeringCommand.class.getPermittedSubclasses());
    }

    private static String told(@Nullable HeldPeering before, Optional<HeldPeering> after) {
        if (after.isEmpty()) {
            return before == null ? SAME : GONE;
        }
        PeeringState state = after.get().peering().state();
        return before != null && state == before.peering().state() ? SAME : state.name();
    }

    @Test
    void aNewAcceptorHasTheRequestsMetaAndNothingOfThePeer() {
        HeldPeering made = after("generate token", null);

        assertThat(made.peering())
                .isEqualTo(new Peering(
                        OTHER,
                        PartitionName.DEFAULT,
                        NAME,
                        PeeringState.PENDING,
                        null,
                        Map.of("env", "new"),
                        "",
                        List.of(),
                        "",
                        List.of(),
                        Remote.UNKNOWN));
    }

    @Test
    void aTokenForAnExistingAcceptorChangesOnlyItsEstablishmentSecret() {
        HeldPeering before = RECORDS.get("acceptor PENDING");
        HeldPeering made = after("generate token", before);

        assertThat(made.peering()).isEqualTo(before.peering());
        assertThat(made.secrets()).isEqualTo(new PeeringSecrets(FRESH.hash(), PENDING.hash(), ACTIVE.hash(), null));
    }

    @Test
    void aTokenBringsATerminatedAcceptorBackWithoutItsOldStreamSecrets() {
        HeldPeering made = after("generate token", RECORDS.get("acceptor TERMINATED"));

        assertThat(made.peering().isActive()).isTrue();
        assertThat(made.peering().id()).isEqualTo(ID);
        assertThat(made.secrets()).isEqualTo(new PeeringSecrets(FRESH.hash(), null, null, null));
    }

    @Test
    void establishingTakesAllFromTheTokenButKeepsIdAndSpelling() {
        HeldPeering made = after("complete establish", RECORDS.get("dialer ESTABLISHING"));

        assertThat(made.peering())
                .isEqualTo(new Peering(
                        ID,
                        PartitionName.DEFAULT,
                        NAME,
                        PeeringState.ESTABLISHING,
                        null,
                        Map.of("env", "new"),
                        "new peer id",
                        List.of("new ca"),
                        "new name",
                        List.of("new:1"),
                        new Remote("", "west")));
        assertThat(made.secrets().dialing()).isEqualTo(FRESH);
    }

    /** It may turn out to be used or withdrawn. */
    @Test
    void aTokenThatIsNotUsedYetChangesNothingOfWhatIsDialed() {
        HeldPeering before = RECORDS.get("dialer ESTABLISHING");

        assertThat(after("begin establish, connected", before)).isEqualTo(before);
        assertThat(after("begin establish", before))
                .isEqualTo(new HeldPeering(before.peering().inState(PeeringState.PENDING), before.secrets()));
    }

    @Test
    void aPeeringThatHasNothingToDialWithTakesAllFromTheTokenAtOnce() {
        assertThat(after("begin establish", RECORDS.get("dialer PENDING"))
                        .peering()
                        .peerId())
                .isEqualTo("new peer id");
        assertThat(after("begin establish", RECORDS.get("dialer TERMINATED"))
                        .peering()
                        .peerId())
                .isEqualTo("new peer id");
    }

    @Test
    void whileTheStreamIsConnectedTheAddressesThatThePeerToldAreKept() {
        Peering made = established("old peer id", true);

        assertThat(made.serverAddresses()).containsExactly("old:1");
        assertThat(made.serverName()).isEqualTo("name of the token");
    }

    @Test
    void theAddressesOfAnotherPeerOrOfOneThatIsApartAreThoseOfTheToken() {
        assertThat(established("p", true).serverAddresses()).containsExactly("a:1");
        assertThat(established("old peer id", false).serverAddresses()).containsExactly("a:1");
    }

    @Test
    void aTokenThatDoesNotSayWhereItIsFromLeavesWhatIsKnown() {
        assertThat(established("p", false).remote()).isEqualTo(EAST);
    }

    /** By a token of this peer that says little. */
    private static Peering established(String peerId, boolean connected) {
        PeeringToken token = new PeeringToken(
                List.of(), List.of(), List.of("a:1"), "name of the token", peerId, ESTABLISHMENT, "", "");
        TokenUse use = new TokenUse(PartitionName.DEFAULT, NAME, Map.of(), token, connected);
        return decided(new CompleteEstablish(ID, use, FRESH), RECORDS.get("dialer ESTABLISHING"))
                .peering();
    }

    @Test
    void aTerminatedDialerIsNotDialedWithItsOldSecretWhileItBeginsAnew() {
        assertThat(after("begin establish", RECORDS.get("dialer TERMINATED")).secrets())
                .isEqualTo(PeeringSecrets.NONE);
    }

    @Test
    void deletingKeepsOnlyWhatTheFarewellNeeds() {
        HeldPeering made = after("delete", RECORDS.get("dialer ESTABLISHING"));

        assertThat(made.peering())
                .isEqualTo(new Peering(
                        ID,
                        PartitionName.DEFAULT,
                        NAME,
                        PeeringState.DELETING,
                        NOW,
                        Map.of(),
                        "",
                        List.of(),
                        "",
                        List.of("old:1"),
                        EAST));
    }

    @Test
    void terminationKeepsEverythingElse() {
        HeldPeering before = RECORDS.get("dialer ESTABLISHING");
        HeldPeering made = after("terminate", before);

        assertThat(made.peering()).isEqualTo(before.peering().inState(PeeringState.TERMINATED));
        assertThat(made.peering().deletedAt()).isNull();
    }

    /** The table of protocol chapter 1.6: what becomes of the three slots of an acceptor. */
    static Stream<Arguments> secrets() {
        return Stream.of(
                Arguments.of("generate token", "fresh", "pending", "active"),
                Arguments.of("exchange", "-", "fresh", "active"),
                Arguments.of("open, pending secret", "establishment", "-", "pending"),
                Arguments.of("open, active secret", "establishment", "pending", "active"),
                Arguments.of("delete", "-", "-", "-"),
                Arguments.of("terminate", "establishment", "pending", "active"));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void theSecretsOfAnAcceptorMoveAsTheTableSays(String command, String establishment, String pending, String active) {
        PeeringSecrets secrets = after(command, RECORDS.get("acceptor PENDING")).secrets();

        assertThat(secrets).isEqualTo(new PeeringSecrets(hash(establishment), hash(pending), hash(active), null));
    }

    @Test
    void thePendingSecretBringsATerminatedPeeringBackAndIsTheActiveOneFromThenOn() {
        HeldPeering made = after("open, pending secret", RECORDS.get("acceptor TERMINATED"));

        assertThat(made.secrets()).isEqualTo(new PeeringSecrets(ESTABLISHMENT.hash(), null, PENDING.hash(), null));
        assertThat(made.peering().remote()).isEqualTo(new Remote("p", "opened"));
    }

    @Test
    void onlyThePendingSecretBringsTheRemoteWithIt() {
        HeldPeering before = RECORDS.get("acceptor PENDING");

        assertThat(after("open, pending secret", before).peering().remote()).isEqualTo(new Remote("p", "opened"));
        assertThat(after("open, active secret", before)).isEqualTo(before);
    }

    @Test
    void aStreamOfAnAcceptorThatNeverHadASecretMustBeEstablishedAnew() {
        HeldPeering bare = new HeldPeering(RECORDS.get("acceptor PENDING").peering(), PeeringSecrets.NONE);

        assertThat(COMMANDS.get("open, active secret").decide(bare).fold(after -> "accepted", Refusal::text))
                .isEqualTo(UNAUTHORISED);
    }

    @Test
    void refusalsOfStreamsHaveTheKindsThatTheirStatusesNeed() {
        assertThat(List.of(
                        kind("open, active secret", "none"),
                        kind("open, active secret", "acceptor DELETING"),
                        kind("open, active secret", "dialer PENDING"),
                        kind("open, wrong secret", "acceptor PENDING"),
                        kind("open, the dialer's secret", "dialer ESTABLISHING"),
                        kind("exchange", "none")))
                .containsExactly(
                        Refusal.Kind.INVALID_ARGUMENT,
                        Refusal.Kind.ABORTED,
                        Refusal.Kind.INTERNAL,
                        Refusal.Kind.PERMISSION_DENIED,
                        Refusal.Kind.INVALID_ARGUMENT,
                        Refusal.Kind.PERMISSION_DENIED);
    }

    private static Refusal.Kind kind(String command, String record) {
        return COMMANDS.get(command)
                .decide(RECORDS.get(record))
                .fold(
                        after -> {
                            throw new AssertionError("accepted");
                        },
                        Refusal::kind);
    }

    private static HeldPeering after(String command, @Nullable HeldPeering before) {
        return decided(COMMANDS.get(command), before);
    }

    private static HeldPeering decided(PeeringCommand command, @Nullable HeldPeering before) {
        return command.decide(before).orThrow().orElseThrow();
    }

    private static @Nullable SecretHash hash(String secret) {
        return secret.equals("-") ? null : new Secret(secret).hash();
    }

    private static Map<String, @Nullable HeldPeering> records() {
        PeeringSecrets acceptor = new PeeringSecrets(ESTABLISHMENT.hash(), PENDING.hash(), ACTIVE.hash(), null);
        PeeringSecrets dialer = new PeeringSecrets(null, null, null, DIALING);
        Map<String, @Nullable HeldPeering> records = new LinkedHashMap<>();
        records.put("none", null);
        records.put("acceptor PENDING", held(PeeringState.PENDING, List.of(), acceptor));
        records.put("acceptor TERMINATED", held(PeeringState.TERMINATED, List.of(), acceptor));
        records.put("acceptor DELETING", held(PeeringState.DELETING, List.of(), PeeringSecrets.NONE));
        records.put("dialer PENDING", held(PeeringState.PENDING, List.of("old:1"), PeeringSecrets.NONE));
        records.put("dialer ESTABLISHING", held(PeeringState.ESTABLISHING, List.of("old:1"), dialer));
        records.put("dialer TERMINATED", held(PeeringState.TERMINATED, List.of("old:1"), dialer));
        records.put("dialer DELETING", held(PeeringState.DELETING, List.of("old:1"), PeeringSecrets.NONE));
        return records;
    }

    private static HeldPeering held(PeeringState state, List<String> addresses, PeeringSecrets secrets) {
        return new HeldPeering(
                new Peering(
                        ID,
                        PartitionName.DEFAULT,
                        NAME,
                        state,
                        state == PeeringState.DELETING ? NOW : null,
                        Map.of("env", "old"),
                        addresses.isEmpty() ? "" : "old peer id",
                        List.of(),
                        addresses.isEmpty() ? "" : "old name",
                        addresses,
                        EAST),
                secrets);
    }

    private static Map<String, PeeringCommand> commands() {
        PeerName spelled = new PeerName("far");
        Map<String, String> meta = Map.of("env", "new");
        Remote remote = new Remote("p", "opened");
        Map<String, PeeringCommand> commands = new LinkedHashMap<>();
        commands.put("generate token", new GenerateToken(OTHER, PartitionName.DEFAULT, NAME, meta, FRESH.hash()));
        TokenUse apart = new TokenUse(PartitionName.DEFAULT, spelled, meta, TOKEN, false);
        TokenUse connected = new TokenUse(PartitionName.DEFAULT, spelled, meta, TOKEN, true);
        commands.put("begin establish", new BeginEstablish(OTHER, apart));
        commands.put("begin establish, connected", new BeginEstablish(OTHER, connected));
        commands.put("complete establish", new CompleteEstablish(ID, apart, FRESH));
        commands.put("complete establish, other id", new CompleteEstablish(OTHER, apart, FRESH));
        commands.put("exchange", new ExchangeSecret(ID, ESTABLISHMENT, FRESH.hash()));
        commands.put("exchange, wrong secret", new ExchangeSecret(ID, PENDING, FRESH.hash()));
        commands.put("exchange, other id", new ExchangeSecret(OTHER, ESTABLISHMENT, FRESH.hash()));
        commands.put("open, active secret", new OpenStream(ID, ACTIVE, remote));
        commands.put("open, pending secret", new OpenStream(ID, PENDING, remote));
        commands.put("open, wrong secret", new OpenStream(ID, ESTABLISHMENT, remote));
        commands.put("open, the dialer's secret", new OpenStream(ID, DIALING, remote));
        commands.put("terminate", new TerminatePeering(ID, "old peer id", ACTIVE));
        commands.put("terminate, other id", new TerminatePeering(OTHER, "old peer id", ACTIVE));
        commands.put("terminate, earlier life", new TerminatePeering(ID, "older peer id", PENDING));
        commands.put("delete", new DeletePeering(NOW));
        commands.put("remove", new RemovePeering(ID));
        commands.put("remove, other id", new RemovePeering(OTHER));
        commands.put("write", new WritePeering(WRITTEN, new SecretChange.Unchanged()));
        commands.put("update addresses", new UpdateAddresses(ID, List.of("new:1")));
        commands.put("update addresses to none", new UpdateAddresses(ID, List.of()));
        commands.put("update addresses, other id", new UpdateAddresses(OTHER, List.of("new:1")));
        return commands;
    }
}
