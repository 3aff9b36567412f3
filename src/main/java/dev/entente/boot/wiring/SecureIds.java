package dev.entente.boot.wiring;

import dev.entente.domain.identity.Secret;
import dev.entente.engine.port.Ids;
import java.util.UUID;

/** Random UUIDs of the runtime's cryptographic generator. */
final class SecureIds implements Ids {
    @Override
    public String uuid() {
        return UUID.randomUUID().toString();
    }

    @Override
    public Secret secret() {
        return new Secret(uuid());
    }
}
