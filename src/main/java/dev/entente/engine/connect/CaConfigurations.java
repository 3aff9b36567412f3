package dev.entente.engine.connect;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.trust.CaConfiguration;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.access.Caller;
import dev.entente.engine.access.Permission;
import dev.entente.engine.port.AuthorityControl;
import io.smallrye.mutiny.Uni;

/**
 * Reading and changing how the certificate authority works (protocol chapter 6.9). Both need what operators may write, since the
 * configuration can hold the private key.
 */
public final class CaConfigurations {
    private final AuthorityControl authority;
    private final Authorizer authorizer;

    public CaConfigurations(AuthorityControl authority, Authorizer authorizer) {
        this.authority = authority;
        this.authorizer = authorizer;
    }

    public Uni<Indexed<CaConfiguration>> read(Caller caller) {
        return require(caller).chain(authority::configuration);
    }

    /**
     * Changes the configuration, and the root with it when another is wanted.
     *
     * @param expectedIndex the index that it must have, or 0 for whichever
     */
    public Uni<Void> write(Caller caller, CaConfiguration wanted, long expectedIndex) {
        return require(caller).chain(() -> authority.configure(wanted, expectedIndex));
    }

    private Uni<Void> require(Caller caller) {
        return authorizer.require(caller, PartitionName.DEFAULT, Permission.write(Permission.Area.OPERATOR, ""));
    }
}
