package dev.entente.engine.port;

import dev.entente.domain.identity.Secret;

/** New random names. */
public interface Ids {
    /** A random UUID in lower case. */
    String uuid();

    /** A new secret: a UUID from a cryptographic generator. */
    Secret secret();
}
