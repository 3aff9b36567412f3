package dev.entente.boot.wiring;

import dev.entente.config.AgentSettings;
import dev.entente.domain.trust.CaConfiguration;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.connect.CaConfigurations;
import dev.entente.engine.connect.Leaves;
import dev.entente.engine.port.AuthorityControl;
import dev.entente.engine.port.CaStore;
import dev.entente.engine.port.Clock;
import dev.entente.engine.port.ClusterStore;
import dev.entente.engine.port.EventLoops;
import dev.entente.engine.port.LeafIssuer;
import dev.entente.engine.view.Publisher;
import dev.entente.engine.view.View;
import dev.entente.pki.BuiltInCertificateAuthority;
import dev.entente.pki.ServerCertificate;
import dev.entente.pki.ServiceLeaves;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the certificate authority, what uses it, and the certificate that the gRPC doors show. */
@Singleton
final class AuthorityWiring {
    /** The names that configuration files have for the settings. */
    private static final Map<String, String> NAMES = Map.of(
            "leaf_cert_ttl", "LeafCertTTL",
            "intermediate_cert_ttl", "IntermediateCertTTL",
            "root_cert_ttl", "RootCertTTL",
            "private_key", "PrivateKey",
            "root_cert", "RootCert",
            "private_key_type", "PrivateKeyType",
            "private_key_bits", "PrivateKeyBits",
            "csr_max_per_second", "CSRMaxPerSecond",
            "csr_max_concurrent", "CSRMaxConcurrent");

    @Produces
    @Singleton
    BuiltInCertificateAuthority authority(
            CaStore store, ClusterStore cluster, Publisher publisher, Clock clock, AgentSettings settings) {
        return new BuiltInCertificateAuthority(
                store,
                cluster,
                publisher,
                new BuiltInCertificateAuthority.Surroundings(
                        initial(settings.connect()), clock, Infrastructure.getDefaultWorkerPool()));
    }

    @Produces
    @Singleton
    ServerCertificate certificate(BuiltInCertificateAuthority authority, AgentSettings settings, Clock clock) {
        return new ServerCertificate(authority, settings.datacenter(), clock);
    }

    @Produces
    @Singleton
    CaConfigurations configurations(AuthorityControl authority, Authorizer authorizer) {
        return new CaConfigurations(authority, authorizer);
    }

    @Produces
    @Singleton
    Leaves leaves(LeafIssuer issuer, Authorizer authorizer, View view, EventLoops loops, Clock clock) {
        return new Leaves(issuer, authorizer, view, new Leaves.Surroundings(loops, clock, Chance.EVERYWHERE));
    }

    @Produces
    @Singleton
    LeafIssuer issuer(BuiltInCertificateAuthority authority, CaStore store, AgentSettings settings) {
        return new ServiceLeaves(authority, store, settings.datacenter());
    }

    /** What the agent's configuration says, over the defaults; it counts for a cluster that has no authority yet. */
    private static CaConfiguration initial(AgentSettings.Connect connect) {
        Map<String, @Nullable Object> config = new TreeMap<>(CaConfiguration.DEFAULT.config());
        connect.caConfig().forEach((name, value) -> config.put(NAMES.getOrDefault(name, name), value));
        return new CaConfiguration(connect.caProvider(), config, Map.of(), false);
    }
}
