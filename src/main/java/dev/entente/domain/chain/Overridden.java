package dev.entente.domain.chain;

import dev.entente.domain.chain.ChainQuestion.Overrides;
import java.time.Duration;

/** What overrides really changed: only that makes another chain. */
final class Overridden {
    private final Overrides overrides;
    private String meshGatewayMode = "";
    private String protocol = "";
    private Duration connectTimeout = Duration.ZERO;

    Overridden(Overrides overrides) {
        this.overrides = overrides;
    }

    String meshGatewayMode(String own) {
        String asked = overrides.meshGatewayMode();
        if (asked.isEmpty() || asked.equals(own)) {
            return own;
        }
        meshGatewayMode = asked;
        return asked;
    }

    Duration connectTimeout(Duration own) {
        Duration asked = overrides.connectTimeout();
        if (asked.isZero() || asked.isNegative() || asked.equals(own)) {
            return own;
        }
        connectTimeout = asked;
        return asked;
    }

    String protocol(String own) {
        String asked = overrides.protocol();
        if (asked.isEmpty() || asked.equals(own)) {
            return own;
        }
        protocol = asked;
        return asked;
    }

    /** The protocol that was asked for left a router or splitter out. */
    void leftOutRouting() {
        protocol = overrides.protocol();
    }

    /** Eight hexadecimal digits, the same as Consul gives for the same changes; empty when nothing was changed. */
    String hash() {
        boolean nothing = meshGatewayMode.isEmpty() && protocol.isEmpty() && connectTimeout.isZero();
        return nothing ? "" : StructureHash.of(meshGatewayMode, protocol, connectTimeout);
    }
}
