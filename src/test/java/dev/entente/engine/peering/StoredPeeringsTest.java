package dev.entente.engine.peering;

import static dev.entente.contract.Samples.await;
import static dev.entente.engine.peering.PeeringWorld.begin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.PeeringState;
import dev.entente.domain.peering.StreamStatus;
import dev.entente.domain.token.PeeringToken;
import dev.entente.engine.access.AllowAll;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.access.Caller;
import dev.entente.engine.port.StreamEnd;
import dev.entente.engine.port.StreamEndException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoredPeeringsTest {
    private static final String OWN_NAME = "server.dc1.peering.ours.consul";

    private final PeeringWorld world = new PeeringWorld("ours");
    private final Peerings peerings = world.peerings();

    @BeforeEach
    void register() {
        world.server("one", Map.of("wan", "1.2.3.4"), Map.of("grpc_tls_port", "8503", "grpc_port", "8502"));
        world.server("two", Map.of(), Map.of("grpc_tls_port", "-1", "grpc_port", "8502"));
        world.server("six", Map.of("wan", "fe80::1"), Map.of("grpc_tls_port", "8503"));
        world.server("off", Map.of(), Map.of("grpc_tls_port", "-1", "grpc_port", "-1"));
    }

    @Test
    void aTokenSaysHowThisClusterIsDialed() {
        PeeringToken token = world.token("far");

        assertThat(token)
                .isEqualTo(new PeeringToken(
                        List.of(PeeringWorld.PEM + "\n"),
                        List.of(),
                        List.of("1.2.3.4:8503", "[fe80::1]:8503", "10.0.0.1:8502"),
                        OWN_NAME,
                        world.id("far").value(),
                        token.establishmentSecret(),
                        "",
                        "dc1"));
        assertThat(world.held("far").peering().state()).isEqualTo(PeeringState.PENDING);
        assertThat(world.held("far").secrets().establishment().matches(token.establishmentSecret()))
                .isTrue();
    }

    @Test
    void aSecondTokenVoidsTheFirstOfTheSamePeering() {
        PeeringToken first = world.token("far");
        PeeringToken second = world.token("FAR");

        assertThat(second.peerId()).isEqualTo(first.peerId());
        assertRefused(
                world.exchange().exchange(first.peerId(), first.establishmentSecret()),
                "invalid peering establishment secret");
        assertThat(await(world.exchange().exchange(second.peerId(), second.establishmentSecret())))
                .isNotNull();
    }

    @Test
    void aTokenOfAPartitionNamesItAndItsPeeringIsKeptThere() {
        PartitionName east = new PartitionName("east");
        world.view.add(east);

        String encoded = await(peerings.generateToken(
                Caller.ANONYMOUS, new Peerings.GenerateToken("East", "far", Map.of(), List.of("lb:443"))));
        PeeringToken token = PeeringToken.decode(encoded).orThrow();

        assertThat(token.remotePartition()).isEqualTo("east");
        assertThat(token.manualServerAddresses()).containsExactly("lb:443");
        assertThat(await(peerings.list(Caller.ANONYMOUS, east))).hasSize(1);
        assertThat(await(peerings.list(Caller.ANONYMOUS, PartitionName.DEFAULT)))
                .isEmpty();
    }

    @Test
    void theFirstFaultInTheOrderOfTheProcedureIsTold() {
        Peerings off = world.peerings(new PeeringSettings(false, false, "dc1", 0), new AllowAll());
        Peerings noMesh = world.peerings(new PeeringSettings(true, false, "dc1", 0), new AllowAll());
        Peerings noTls = world.peerings(new PeeringSettings(true, true, "dc1", 0), new AllowAll());
        Peerings guarded = world.peerings(new PeeringSettings(true, false, "dc1", 0), denying());
        Map<String, String> badMeta = Map.of("a b", "v");

        assertRefused(generate(off, "nowhere", "a b", badMeta), "peering must be enabled to use this endpoint");
        assertRefused(generate(peerings, "nowhere", "a b", badMeta), "Partition \"nowhere\" does not exist");
        assertRefused(
                generate(peerings, "", "a b", badMeta),
                "a b is not a valid peer name: a valid DNS label must consist of lower case alphanumeric characters or '-',"
                        + " and must start and end with an alphanumeric character");
        assertRefused(
                generate(guarded, "", "far", badMeta),
                "meta tags failed validation: Couldn't load metadata pair ('a b', 'v'): Key contains invalid characters");
        assertRefused(generate(guarded, "", "far", Map.of()), "Permission denied");
        assertRefused(
                generate(noMesh, "", "far", Map.of()),
                "connect.enabled must be set to true in the server's configuration when generating peering tokens");
        assertRefused(
                generate(noTls, "", "far", Map.of()), "TLS for gRPC must be enabled when generating peering tokens");
        assertThat(world.stored("far")).isEmpty();
    }

    @Test
    void withoutAnAddressTheCallFailsAfterTheRecordWasMade() {
        PeeringWorld bare = new PeeringWorld("ours");

        assertRefused(
                generate(bare.peerings(), "", "far", Map.of()),
                "a grpc bind port must be specified in the configuration for all servers");
        assertThat(bare.held("far").secrets().establishment()).isNotNull();
    }

    @Test
    void everyCallSaysThatPeeringIsOff() {
        Peerings off = world.peerings(new PeeringSettings(false, true, "dc1", 8503), new AllowAll());
        Refusal refusal = new Refusal(Refusal.Kind.FAILED_PRECONDITION, "peering must be enabled to use this endpoint");

        assertThat(List.<Uni<?>>of(
                        generate(off, "", "far", Map.of()),
                        off.establish(Caller.ANONYMOUS, new Peerings.Establish("", "far", "!!!", Map.of())),
                        off.read(Caller.ANONYMOUS, PartitionName.DEFAULT, "far"),
                        off.list(Caller.ANONYMOUS, PartitionName.DEFAULT),
                        off.delete(Caller.ANONYMOUS, PartitionName.DEFAULT, "far")))
                .allSatisfy(call -> assertThatThrownBy(() -> await(call))
                        .isInstanceOfSatisfying(
                                RefusedException.class,
                                e -> assertThat(e.refusal()).isEqualTo(refusal)));
    }

    @Test
    void establishingKeepsTheStreamSecretThatThePeerGave() {
        await(establish("far", PeeringWorld.tokenOf("theirs", "10.9.9.9:8503")));

        assertThat(world.held("far").peering().state()).isEqualTo(PeeringState.ESTABLISHING);
        assertThat(world.held("far").peering().peerId()).isEqualTo("their id");
        assertThat(world.held("far").secrets().dialing()).isEqualTo(new Secret("stream secret for 1"));
        assertThat(world.dialed).containsExactly("10.9.9.9:8503");
    }

    @Test
    void establishingAnewIsVisibleToWhoeverDialsAlsoWhenOnlyTheSecretDiffers() {
        await(establish("far", PeeringWorld.tokenOf("theirs", "10.9.9.9:8503")));
        int before = world.view.published().size();

        await(establish("far", PeeringWorld.tokenOf("theirs", "10.9.9.9:8503")));

        assertThat(world.view.published()).hasSizeGreaterThan(before);
        assertThat(world.held("far").secrets().dialing()).isEqualTo(new Secret("stream secret for 2"));
    }

    @Test
    void aDeniedSecretEndsTheCallAtOnceAndTheRecordStays() {
        world.peer = secret -> Uni.createFrom()
                .failure(new StreamEndException(
                        new StreamEnd(StreamEnd.PERMISSION_DENIED, "invalid peering establishment secret")));

        assertRefused(
                establish("far", PeeringWorld.tokenOf("theirs", "10.9.9.9:8503")),
                "a new peering token must be generated: rpc error: code = PermissionDenied desc = invalid peering establishment secret");
        assertThat(world.held("far").peering().state()).isEqualTo(PeeringState.PENDING);
        assertThat(world.dialed).hasSize(1);
    }

    @Test
    void addressesAreTriedInTurnUntilTheTimeIsSpentAndAllFailuresAreTold() {
        world.peer = secret ->
                Uni.createFrom().failure(new StreamEndException(new StreamEnd(StreamEnd.UNAVAILABLE, "refused")));

        UniAssertSubscriber<Void> call = begin(establish("far", PeeringWorld.tokenOf("theirs", "a:1", "b:2")));
        world.loop.advance(Duration.ofSeconds(5));

        String text = call.assertFailedWith(RefusedException.class).getFailure().getMessage();
        assertThat(world.dialed).startsWith("a:1", "b:2", "a:1", "b:2").hasSize(30);
        assertThat(text)
                .startsWith("30 errors occurred:\n\t* failed to exchange peering secret through address \"a:1\":"
                        + " rpc error: code = Unavailable desc = refused\n\t* failed")
                .endsWith("desc = refused\n\n");
    }

    @Test
    void aPeerThatAnswersAtALaterAddressIsEnough() {
        world.peer = secret -> world.dialed.size() < 2
                ? Uni.createFrom().failure(new StreamEndException(new StreamEnd(StreamEnd.UNAVAILABLE, "refused")))
                : Uni.createFrom().item(new Secret("late"));

        UniAssertSubscriber<Void> call = begin(establish("far", PeeringWorld.tokenOf("theirs", "a:1", "b:2")));
        world.loop.advance(Duration.ofMillis(200));

        call.assertCompleted();
        assertThat(world.held("far").secrets().dialing()).isEqualTo(new Secret("late"));
    }

    @Test
    void ofAnEstablishOnlyTheFirstFaultIsTold() {
        assertRefused(
                establish("a_b", "!!!"),
                "a_b is not a valid peer name: a valid DNS label must consist of lower"
                        + " case alphanumeric characters or '-', and must start and end with an alphanumeric character");
        assertRefused(establish("far", "!!!"), "failed to decode token: illegal base64 data at input byte 0");
        assertRefused(establish("far", "e30="), "peering token server addresses value is empty");
        assertRefused(
                establish("far", PeeringWorld.tokenOf("ours", "a:1")),
                "cannot create a peering within the same cluster \"" + OWN_NAME
                        + "\". Refer to the `exported-services` documentation if you want to export between partitions without peering");
        assertRefused(
                world.peerings(new PeeringSettings(true, false, "dc1", 8503), new AllowAll())
                        .establish(
                                Caller.ANONYMOUS,
                                new Peerings.Establish("", "far", PeeringWorld.tokenOf("theirs", "a:1"), Map.of())),
                "failed to fetch TLS materials: failed to fetch roots: CA has not finished initializing");
        assertThat(world.stored("far")).isEmpty();
        assertThat(world.dialed).isEmpty();
    }

    @Test
    void aNameIsUsedOnOneSideOnly() {
        world.token("acceptor");
        await(establish("dialer", PeeringWorld.tokenOf("theirs", "a:1")));

        assertRefused(
                establish("Acceptor", PeeringWorld.tokenOf("theirs", "a:1")),
                "cannot create peering with name: \"acceptor\"; there is an existing peering expecting to be dialed");
        assertRefused(
                generate(peerings, "", "Dialer", Map.of()),
                "cannot create peering with name: \"dialer\"; there is already an established peering");
    }

    @Test
    void readsShowTheStreamsWordAndListsAreByNameWithoutCase() {
        world.token("b");
        world.token("C");
        world.token("a");
        status("b", new StreamStatus(true, null, List.of("db"), null, null, null, null, null, null));
        status("C", new StreamStatus(false, "heartbeat timeout", null, null, null, null, null, null, null));

        assertThat(await(peerings.list(Caller.ANONYMOUS, PartitionName.DEFAULT)))
                .extracting(shown -> shown.peering().value().name().value() + " "
                        + shown.peering().value().state())
                .containsExactly("a PENDING", "b ACTIVE", "C FAILING");
        assertThat(await(peerings.read(Caller.ANONYMOUS, PartitionName.DEFAULT, "B")))
                .hasValueSatisfying(
                        shown -> assertThat(shown.status().imported()).containsExactly("db"));
        assertThat(await(peerings.read(Caller.ANONYMOUS, PartitionName.DEFAULT, "a")))
                .hasValueSatisfying(shown -> assertThat(shown.status()).isEqualTo(StreamStatus.NONE));
        assertThat(await(peerings.read(Caller.ANONYMOUS, PartitionName.DEFAULT, "nope")))
                .isEmpty();
    }

    @Test
    void deletingMarksOnceAndUnknownNamesAreNoError() {
        world.token("far");

        await(peerings.delete(Caller.ANONYMOUS, PartitionName.DEFAULT, "FAR"));
        await(peerings.delete(Caller.ANONYMOUS, PartitionName.DEFAULT, "far"));
        await(peerings.delete(Caller.ANONYMOUS, PartitionName.DEFAULT, "nope"));

        assertThat(world.held("far").peering().state()).isEqualTo(PeeringState.DELETING);
        assertThat(world.held("far").peering().deletedAt()).isEqualTo(PeeringWorld.NOW);
        assertRefused(
                generate(peerings, "", "far", Map.of()),
                "failed to write peering: cannot write to peering that is marked for deletion");
    }

    private void status(String name, StreamStatus status) {
        await(world.statuses.put(PartitionName.DEFAULT, world.id(name), status, Duration.ofSeconds(1)));
    }

    private Uni<Void> establish(String name, String token) {
        return peerings.establish(Caller.ANONYMOUS, new Peerings.Establish("", name, token, Map.of()));
    }

    private static Uni<String> generate(Peerings peerings, String partition, String name, Map<String, String> meta) {
        return peerings.generateToken(Caller.ANONYMOUS, new Peerings.GenerateToken(partition, name, meta, List.of()));
    }

    private static Authorizer denying() {
        return (caller, partition, permission) -> Uni.createFrom()
                .failure(new RefusedException(new Refusal(Refusal.Kind.PERMISSION_DENIED, "Permission denied")));
    }

    private static void assertRefused(Uni<?> call, String text) {
        assertThatThrownBy(() -> await(call))
                .isInstanceOf(RefusedException.class)
                .hasMessage(text);
    }
}
