package dev.entente.pki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.trust.CaRoot;
import dev.entente.engine.port.CaRoots;
import dev.entente.fake.CountingPublisher;
import dev.entente.fake.InMemoryCaStore;
import dev.entente.fake.LoneCluster;
import java.security.MessageDigest;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BuiltInCertificateAuthorityTest {
    private static final String CLUSTER = "b6b81856-b1d6-87da-43e1-78d9da3a6059";
    private static final int URI = 6;
    private static final int DNS = 2;

    private final InMemoryCaStore store = new InMemoryCaStore();
    private final CountingPublisher publisher = new CountingPublisher();
    private Instant now = Instant.now();
    private final BuiltInCertificateAuthority authority =
            new BuiltInCertificateAuthority(store, new LoneCluster(CLUSTER), publisher, () -> now);
    private final ServerCertificate server = new ServerCertificate(authority, "dc1", () -> now);

    @Test
    void theFirstUseMakesARootLikeConsuls() throws Exception {
        CaRoots roots = authority.roots().await().indefinitely();

        assertThat(roots.trustDomain().value()).isEqualTo(CLUSTER + ".consul");
        assertThat(roots.roots()).hasSize(1);
        CaRoot root = roots.roots().get(0);
        X509Certificate certificate = Pem.certificate(root.rootCert());
        HexFormat colons = HexFormat.ofDelimiter(":");
        assertThat(roots.activeRootId()).isEqualTo(root.id());
        assertThat(root.id())
                .isEqualTo(colons.formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded())));
        assertThat(root.signingKeyId())
                .isEqualTo(colons.formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(certificate.getPublicKey().getEncoded())));
        assertThat(certificate.getExtensionValue("2.5.29.14"))
                .endsWith(CertificateForge.keyId(certificate.getPublicKey()));
        assertThat(root.serialNumber()).isEqualTo(certificate.getSerialNumber().longValueExact());
        assertThat(root.externalTrustDomain()).isEqualTo(CLUSTER);
        assertThat(root.active()).isTrue();
        assertThat(root.rootCert()).endsWith("-----END CERTIFICATE-----\n");
        assertThat(Duration.between(root.notBefore(), root.notAfter())).isEqualTo(Duration.ofDays(3650));
        assertThat(certificate.getSubjectX500Principal().getName())
                .matches("CN=pri-[a-z0-9]{7}\\.consul\\.ca\\.b6b81856\\.consul");
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactly(List.of(URI, "spiffe://" + CLUSTER + ".consul"));
        assertThat(certificate.getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
        assertThat(certificate.getKeyUsage())
                .containsExactly(true, false, false, false, false, true, true, false, false);
        certificate.verify(certificate.getPublicKey());
    }

    @Test
    void theRootIsMadeAndPublishedOnce() {
        CaRoots first = authority.roots().await().indefinitely();
        CaRoots second = authority.roots().await().indefinitely();

        assertThat(second).isEqualTo(first);
        assertThat(publisher.published()).isEqualTo(1);
    }

    @Test
    void rotationKeepsTheOldRootKnown() {
        CaRoots before = authority.roots().await().indefinitely();

        CaRoots after = authority.rotate().await().indefinitely();

        assertThat(after.roots()).hasSize(2);
        assertThat(after.activeRootId()).isNotEqualTo(before.activeRootId());
        assertThat(after.roots()).extracting(CaRoot::id).contains(before.activeRootId());
        assertThat(after.roots()).filteredOn(CaRoot::active).hasSize(1);
        assertThat(publisher.published()).isEqualTo(2);
    }

    @Test
    void theServersLeafNamesDatacenterAndTrustDomain() throws Exception {
        server.refresh().await().indefinitely();

        X509Certificate leaf = shown()[0];
        assertThat(leaf.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(URI, "spiffe://" + CLUSTER + ".consul/agent/server/dc/dc1"),
                        List.of(DNS, "server.dc1.peering." + CLUSTER + ".consul"));
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(leaf.getExtendedKeyUsage()).containsExactlyInAnyOrder("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(Duration.between(
                        leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant()))
                .isEqualTo(Duration.ofHours(72));
        verify(authority.roots().await().indefinitely().roots().get(0), shown());
    }

    @Test
    void aFreshLeafStays() {
        server.refresh().await().indefinitely();
        X509Certificate first = shown()[0];

        now = now.plus(Duration.ofHours(35));
        server.refresh().await().indefinitely();

        assertThat(shown()[0]).isEqualTo(first);
    }

    @Test
    void aLeafPastHalfItsLifeIsReplacedAndTheOldOneStillAnswersUnderItsAlias() {
        server.refresh().await().indefinitely();
        String oldAlias = server.chooseEngineServerAlias("EC", null, null);
        X509Certificate first = shown()[0];

        now = now.plus(Duration.ofHours(37));
        server.refresh().await().indefinitely();

        assertThat(shown()[0]).isNotEqualTo(first);
        assertThat(server.getCertificateChain(oldAlias)[0]).isEqualTo(first);
        assertThat(server.getPrivateKey(oldAlias)).isNotNull();
    }

    @Test
    void aNewRootGivesALeafThatOldAndNewRootVouchFor() throws Exception {
        server.refresh().await().indefinitely();
        CaRoot old = authority.roots().await().indefinitely().roots().get(0);

        CaRoots rotated = authority.rotate().await().indefinitely();
        server.refresh().await().indefinitely();

        CaRoot active =
                rotated.roots().stream().filter(CaRoot::active).findFirst().orElseThrow();
        assertThat(shown()).hasSize(2);
        verify(active, shown()[0]);
        verify(old, shown());
    }

    @Test
    void nothingIsShownBeforeTheFirstRefreshOrForOtherKinds() {
        assertThat(server.chooseEngineServerAlias("EC", null, null)).isNull();
        server.refresh().await().indefinitely();
        assertThat(server.chooseEngineServerAlias("RSA", null, null)).isNull();
        assertThat(server.chooseClientAlias(new String[] {"EC"}, null, null)).isNull();
    }

    @Test
    void privateKeysDoNotShowThemselves() {
        authority.roots().await().indefinitely();
        String keyed = store.roots().await().indefinitely().toString();

        assertThat(keyed).doesNotContain("PRIVATE");
        Leaf leaf = Leaf.issue(store.roots().await().indefinitely().get(0), "spiffe://x/y", List.of("x"), now);
        assertThat(leaf.toString())
                .startsWith("Leaf[")
                .doesNotContain(leaf.key().toString());
    }

    private X509Certificate[] shown() {
        String alias = server.chooseEngineServerAlias("EC", null, null);
        return server.getCertificateChain(alias);
    }

    private static void verify(CaRoot root, X509Certificate... chain) throws Exception {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(Pem.certificate(root.rootCert()), null)));
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(chain)), parameters);
    }
}
