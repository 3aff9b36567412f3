package dev.entente.engine.peering;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.BeginEstablish;
import dev.entente.domain.peering.CompleteEstablish;
import dev.entente.domain.peering.MetaTags;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.TokenUse;
import dev.entente.domain.token.PeeringToken;
import dev.entente.engine.access.Caller;
import dev.entente.engine.port.Ids;
import io.smallrye.mutiny.Uni;
import java.util.Map;

/**
 * Uses a token (protocol chapter 1.4): writes down that the peer will be dialed, trades the secret, and keeps what it gave. When the
 * peer cannot be asked, the first record of a new peering stays, so that a later try with the same token goes on from there.
 */
public final class Establishment {
    private final PeeringGate gate;
    private final TlsMaterials tls;
    private final PeeringReads reads;
    private final PeeringWrites writes;
    private final TokenRedemption redemption;
    private final Ids ids;

    public Establishment(
            PeeringGate gate,
            TlsMaterials tls,
            PeeringReads reads,
            PeeringWrites writes,
            TokenRedemption redemption,
            Ids ids) {
        this.gate = gate;
        this.tls = tls;
        this.reads = reads;
        this.writes = writes;
        this.redemption = redemption;
        this.ids = ids;
    }

    /** What was asked for, validated. */
    private record Order(PartitionName partition, PeerName name, Map<String, String> meta, PeeringToken token) {}

    Uni<Void> establish(Caller caller, Peerings.Establish command) {
        return Uni.createFrom()
                .item(() -> order(command).orThrow())
                .call(order -> gate.mayWrite(caller, order.partition()))
                .call(this::refuseOwnToken)
                .chain(this::establish)
                .replaceWithVoid();
    }

    /** In the order of protocol chapter 1.4; the partition comes last because Consul does not look at it. */
    private Outcome<Order> order(Peerings.Establish command) {
        return gate.enabled(command)
                .flatMap(asked -> PeerName.parse(asked.peerName()))
                .flatMap(name -> PeeringToken.decode(command.peeringToken())
                        .flatMap(PeeringToken::checked)
                        .flatMap(token -> MetaTags.checked(command.meta())
                                .flatMap(meta -> gate.partition(command.partition())
                                        .map(partition -> new Order(partition, name, meta, token)))));
    }

    private Uni<Void> refuseOwnToken(Order order) {
        return tls.ownServerName()
                .invoke(own -> {
                    if (own.equals(order.token().serverName())) {
                        throw new RefusedException(sameCluster(own));
                    }
                })
                .replaceWithVoid();
    }

    private static Refusal sameCluster(String serverName) {
        return Refusal.invalid(
                "cannot create a peering within the same cluster \"" + serverName
                        + "\". Refer to the `exported-services` documentation if you want to export between partitions without peering");
    }

    private Uni<Peering> establish(Order order) {
        return reads.status(order.partition(), order.name())
                .map(status ->
                        new TokenUse(order.partition(), order.name(), order.meta(), order.token(), status.connected()))
                .chain(use -> begin(use)
                        .chain(peering -> redemption
                                .redeem(use.on(peering), use.token().establishmentSecret())
                                .chain(secret -> complete(peering, use, secret))));
    }

    private Uni<Peering> begin(TokenUse use) {
        return writes.write(use.partition(), use.name(), new BeginEstablish(new PeeringId(ids.uuid()), use));
    }

    private Uni<Peering> complete(Peering peering, TokenUse use, Secret streamSecret) {
        return writes.write(
                peering.partition(), peering.name(), new CompleteEstablish(peering.id(), use, streamSecret));
    }
}
