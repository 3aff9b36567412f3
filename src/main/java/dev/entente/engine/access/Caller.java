package dev.entente.engine.access;

import dev.entente.domain.identity.Secret;
import java.util.Optional;

/** Who calls: the ACL token that was presented, or nobody in particular. */
public record Caller(Optional<Secret> token) {
    public static final Caller ANONYMOUS = new Caller(Optional.empty());
}
