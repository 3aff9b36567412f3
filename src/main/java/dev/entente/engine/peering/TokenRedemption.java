package dev.entente.engine.peering;

import dev.entente.domain.identity.ErrorList;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.Peering;
import dev.entente.engine.port.DialTarget;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.EventLoops;
import dev.entente.engine.port.PeerDialer;
import dev.entente.engine.port.StreamEnd;
import dev.entente.engine.port.StreamEndException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Trades the secret of a token for a stream secret at the peer (protocol chapter 1.5): address after address, this cluster's
 * gateways first when they are the way, round and round, until one answers or the time is spent. A peer that denies the secret ends it at once, since asking again cannot help.
 */
public final class TokenRedemption {
    private static final Duration BUDGET = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(150);
    /** How long this cluster's gateways may take to learn of a peer. */
    private static final Duration GATEWAYS_LEARN = Duration.ofMillis(350);

    /** The largest share by which a pause is longer, so that several dialers do not ask in step. */
    private static final double JITTER = 0.25;

    private final PeerDialer dialer;
    private final MeshGateways gateways;
    private final EventLoops loops;
    private final DoubleSupplier random;

    /**
     * @param random numbers from 0 to 1
     */
    public TokenRedemption(PeerDialer dialer, MeshGateways gateways, EventLoops loops, DoubleSupplier random) {
        this.dialer = dialer;
        this.gateways = gateways;
        this.loops = loops;
        this.random = random;
    }

    /** The stream secret; refused with the texts of all failed attempts, or told that a new token is needed. */
    Uni<Secret> redeem(Peering peering, Secret establishment) {
        return Uni.createFrom().deferred(() -> new Redemption(peering, establishment, loops.next()).run());
    }

    /** One use of a token. */
    private final class Redemption {
        private final Peering peering;
        private final Secret establishment;
        private final EventLoop loop;
        private final List<String> addresses;
        /** Written by the attempt, read when the budget is spent, which is noticed on another thread. */
        private final List<String> errors = Collections.synchronizedList(new ArrayList<>());

        Redemption(Peering peering, Secret establishment, EventLoop loop) {
            this.peering = peering;
            this.establishment = establishment;
            this.loop = loop;
            this.addresses = gateways.before(peering.dialAddresses());
        }

        Uni<Secret> run() {
            return Uni.combine().any().of(begin(), budget());
        }

        private Uni<Secret> begin() {
            return gateways.areTheWay() ? loop.elapsed(GATEWAYS_LEARN).chain(() -> attempt(0)) : attempt(0);
        }

        private Uni<Secret> budget() {
            return loop.elapsed(BUDGET).chain(() -> Uni.createFrom().failure(outOfTime()));
        }

        private Uni<Secret> attempt(int number) {
            String address = addresses.get(number % addresses.size());
            return dialer.exchangeSecret(
                            new DialTarget(address, peering.serverName(), peering.caPems()),
                            peering.peerId(),
                            establishment)
                    .onFailure(StreamEndException.class)
                    .recoverWithUni(failure -> afterFailure(number, address, failure.end()));
        }

        private Uni<Secret> afterFailure(int number, String address, StreamEnd end) {
            if (end.code() == StreamEnd.PERMISSION_DENIED) {
                return refuse("a new peering token must be generated: " + RpcErrors.text(end));
            }
            errors.add("failed to exchange peering secret through address \"" + address + "\": " + RpcErrors.text(end));
            return loop.elapsed(pause()).chain(() -> attempt(number + 1));
        }

        private Duration pause() {
            return PAUSE.plusNanos((long) (PAUSE.toNanos() * JITTER * random.getAsDouble()));
        }

        private RefusedException outOfTime() {
            List<String> told = List.copyOf(errors);
            return new RefusedException(Refusal.invalid(
                    told.isEmpty()
                            ? "failed to dial peer: " + addresses.get(0) + " does not answer"
                            : ErrorList.text(told)));
        }
    }

    private static <T> Uni<T> refuse(String text) {
        return Uni.createFrom().failure(new RefusedException(Refusal.invalid(text)));
    }
}
