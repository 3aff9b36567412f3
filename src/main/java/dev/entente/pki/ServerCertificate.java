package dev.entente.pki;

import dev.entente.domain.identity.TrustDomain;
import dev.entente.domain.trust.CaSettings;
import dev.entente.engine.port.CaStore;
import dev.entente.engine.port.CaStore.KeyedRoot;
import dev.entente.engine.port.Clock;
import io.smallrye.mutiny.Uni;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that this process shows to peers (protocol chapter 2.2), in the form that TLS listeners ask for it.
 *
 * <p>{@link #refresh} makes it, and replaces it when half of its life is over or another root has become active; new connections
 * then see the new one and running ones are not touched. Call it at the start, every minute or so, and when the roots change. Key
 * and chain are asked for one after the other, so the one before stays available under its own alias.
 */
public final class ServerCertificate extends X509ExtendedKeyManager {
    private final BuiltInCertificateAuthority authority;
    private final String datacenter;
    private final Clock clock;
    private volatile Held held = new Held(0, null, null);

    private record Held(
            long generation,
            @Nullable Leaf current,
            @Nullable Leaf previous) {
        Held next(Leaf leaf) {
            return new Held(generation + 1, leaf, current);
        }

        @Nullable
        Leaf ofAlias(@Nullable String alias) {
            if (alias(generation).equals(alias)) {
                return current;
            }
            return alias(generation - 1).equals(alias) ? previous : null;
        }

        static String alias(long generation) {
            return "server-" + generation;
        }
    }

    public ServerCertificate(BuiltInCertificateAuthority authority, String datacenter, Clock clock) {
        this.authority = authority;
        this.datacenter = datacenter;
        this.clock = clock;
    }

    /** Makes sure that a fresh certificate of the active root is shown; a failure leaves the present one in place. */
    public Uni<Void> refresh() {
        return authority.held().invoke(this::renewWhenDue).replaceWithVoid();
    }

    private void renewWhenDue(CaStore.Held now) {
        Leaf current = held.current();
        KeyedRoot root = now.active();
        boolean fresh =
                current != null && current.rootId().equals(root.root().id()) && !current.isPastHalfLife(clock.now());
        if (!fresh) {
            Leaf leaf = issue(root, BuiltInCertificateAuthority.settings(now));
            held = held.next(leaf);
        }
    }

    private Leaf issue(KeyedRoot root, CaSettings settings) {
        TrustDomain trustDomain = TrustDomain.ofCluster(root.root().externalTrustDomain());
        return Leaf.issue(
                root,
                settings,
                "spiffe://" + trustDomain.value() + "/agent/server/dc/" + datacenter,
                List.of(trustDomain.serverName(datacenter)),
                clock.now());
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        Held now = held;
        return keyType.startsWith("EC") && now.current() != null ? Held.alias(now.generation()) : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Leaf leaf = held.ofAlias(alias);
        return leaf == null ? null : leaf.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Leaf leaf = held.ofAlias(alias);
        return leaf == null ? null : leaf.key();
    }

    /** We show no certificate to those whom we dial. */
    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
