package dev.entente.engine.peering;

import static dev.entente.contract.Samples.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.Refusal.Kind;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.PeeringSecrets;
import dev.entente.domain.peering.PeeringState;
import dev.entente.domain.peering.Remote;
import dev.entente.domain.token.PeeringToken;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretLifeTest {
    private static final Remote REMOTE = new Remote("", "dc2");

    private final PeeringWorld world = new PeeringWorld("ours");
    private PeeringToken token;

    @BeforeEach
    void issue() {
        world.server("one", Map.of(), Map.of("grpc_tls_port", "8503"));
        token = world.token("far");
    }

    @Test
    void ofTwoHundredConcurrentUsesOfATokenOneSucceeds() {
        Uni<Integer> use = world.exchange()
                .exchange(token.peerId(), token.establishmentSecret())
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .map(secret -> 1)
                .onFailure(RefusedException.class)
                .recoverWithItem(0);

        int succeeded =
                await(Uni.join()
                                .all(IntStream.range(0, 200).mapToObj(i -> use).toList())
                                .andFailFast())
                        .stream()
                        .mapToInt(Integer::intValue)
                        .sum();

        assertThat(succeeded).isEqualTo(1);
    }

    @Test
    void theSecretOfAnExchangeOpensAStreamAndIsTheOnlyOneFromThenOn() {
        Secret first = trade();
        assertThat(admit(first).fold(Admitted::peering, refusal -> null).remote())
                .isEqualTo(REMOTE);
        Secret second = tradeAnew();

        assertThat(admit(first)).isInstanceOf(Outcome.Accepted.class);
        assertThat(admit(second)).isInstanceOf(Outcome.Accepted.class);
        assertThat(admit(first)).isEqualTo(refused(Kind.PERMISSION_DENIED, "invalid peering stream secret"));
        assertThat(world.held("far").secrets()).isEqualTo(new PeeringSecrets(null, null, second.hash(), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "00000000-0000-0000-0000-00000000000f"})
    void nobodyLearnsByAnExchangeWhichPeeringsExist(String peerId) {
        assertThat(await(world.exchange()
                        .exchange(peerId, new Secret(""))
                        .map(secret -> "accepted")
                        .onFailure(RefusedException.class)
                        .recoverWithItem(Throwable::getMessage)))
                .isEqualTo("invalid peering establishment secret");
    }

    @Test
    void streamsThatCannotBeLetInAreToldWhy() {
        Secret secret = trade();
        String id = token.peerId();
        String unknown = "00000000-0000-0000-0000-00000000000f";

        assertThat(admit("", secret))
                .isEqualTo(refused(Kind.INVALID_ARGUMENT, "initial subscription request must specify a PeerID"));
        assertThat(admit("x", secret)).isEqualTo(refused(Kind.INTERNAL, "failed to find PeerID: x"));
        assertThat(admit(unknown, secret))
                .isEqualTo(refused(Kind.INVALID_ARGUMENT, "initial subscription for unknown PeerID: " + unknown));
        admit(id, secret);
        await(new PeeringNotices(world.writes()).terminated(world.held("far").peering(), secret));
        assertThat(admit(id, secret)).isEqualTo(refused(Kind.ABORTED, "peering is marked as deleted: " + id));
        assertThat(world.held("far").peering().state()).isEqualTo(PeeringState.TERMINATED);
    }

    @Test
    void aNoticeThatComesLateDoesNotEndWhatANewTokenHasBroughtBack() {
        Secret secret = trade();
        admit(token.peerId(), secret);
        Peering ended = world.held("far").peering();
        PeeringNotices notices = new PeeringNotices(world.writes());
        await(notices.terminated(ended, secret));
        Secret next = tradeAnew();

        await(notices.terminated(ended, secret));
        assertThat(world.held("far").peering().state()).isEqualTo(PeeringState.PENDING);

        admit(token.peerId(), next);
        await(notices.terminated(ended, secret));
        assertThat(world.held("far").peering().state()).isEqualTo(PeeringState.PENDING);
        await(notices.terminated(ended, next));
        assertThat(world.held("far").peering().state()).isEqualTo(PeeringState.TERMINATED);
    }

    private Secret trade() {
        return await(world.exchange().exchange(token.peerId(), token.establishmentSecret()));
    }

    private Secret tradeAnew() {
        token = world.token("far");
        return trade();
    }

    private Outcome<Admitted> admit(Secret secret) {
        return admit(token.peerId(), secret);
    }

    private Outcome<Admitted> admit(String peerId, Secret secret) {
        return await(world.admission().admit(peerId, secret, REMOTE));
    }

    private static Outcome<Admitted> refused(Kind kind, String text) {
        return Outcome.refused(new Refusal(kind, text));
    }
}
