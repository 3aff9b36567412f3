package dev.entente.engine.peering;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.GenerateToken;
import dev.entente.domain.peering.MetaTags;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.token.PeeringToken;
import dev.entente.engine.access.Caller;
import dev.entente.engine.port.Ids;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;

/**
 * Makes tokens. The steps stand in the order of protocol chapter 1.3, because it decides which of several faults is told; as
 * there, the record and its secret exist already when the cluster turns out to have no address.
 */
public final class TokenIssuer {
    private final PeeringGate gate;
    private final TlsMaterials tls;
    private final ServerAddresses addresses;
    private final PeeringWrites writes;
    private final Ids ids;
    private final String datacenter;

    public TokenIssuer(
            PeeringGate gate,
            TlsMaterials tls,
            ServerAddresses addresses,
            PeeringWrites writes,
            Ids ids,
            PeeringSettings settings) {
        this.gate = gate;
        this.tls = tls;
        this.addresses = addresses;
        this.writes = writes;
        this.ids = ids;
        this.datacenter = settings.datacenter();
    }

    /** What was asked for, validated. */
    private record Order(PartitionName partition, PeerName name, Map<String, String> meta, List<String> external) {}

    Uni<String> issue(Caller caller, Peerings.GenerateToken command) {
        return Uni.createFrom()
                .item(() -> order(command).orThrow())
                .call(order -> gate.mayWrite(caller, order.partition()))
                .chain(this::issue)
                .map(PeeringToken::encode);
    }

    private Outcome<Order> order(Peerings.GenerateToken command) {
        return gate.enabled(command)
                .flatMap(asked -> gate.partition(asked.partition()))
                .flatMap(partition -> PeerName.parse(command.peerName())
                        .flatMap(name -> MetaTags.checked(command.meta())
                                .flatMap(meta -> external(command)
                                        .map(external -> new Order(partition, name, meta, external)))));
    }

    /** What no dialer would accept is refused here, where it can be corrected. */
    private static Outcome<List<String>> external(Peerings.GenerateToken command) {
        return command.serverExternalAddresses().stream()
                .filter(address -> !PeeringToken.isServerAddress(address))
                .findFirst()
                .map(address -> Outcome.<List<String>>refused(
                        Refusal.invalid(address + " is not a valid peering server address")))
                .orElseGet(() -> Outcome.accepted(command.serverExternalAddresses()));
    }

    private Uni<PeeringToken> issue(Order order) {
        Secret secret = ids.secret();
        GenerateToken command = new GenerateToken(
                new PeeringId(ids.uuid()), order.partition(), order.name(), order.meta(), secret.hash());
        return tls.forToken()
                .chain(materials -> writes.write(order.partition(), order.name(), command)
                        .map(peering -> token(order, peering, materials, secret)));
    }

    private PeeringToken token(Order order, Peering peering, TlsMaterials.Materials materials, Secret secret) {
        return new PeeringToken(
                materials.rootPems(),
                order.external(),
                addresses.own().orThrow(),
                materials.serverName(),
                peering.id().value(),
                secret,
                order.partition().external(),
                datacenter);
    }
}
