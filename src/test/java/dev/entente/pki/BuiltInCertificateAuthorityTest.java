package dev.entente.pki;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.trust.CaConfiguration;
import dev.entente.domain.trust.CaRoot;
import dev.entente.domain.trust.CaSettings;
import dev.entente.domain.trust.SpiffeId;
import dev.entente.engine.port.CaRoots;
import dev.entente.engine.port.CaStore;
import dev.entente.engine.port.CaStore.KeyedRoot;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.IssuedLeaf;
import dev.entente.engine.port.LeafIssuer;
import dev.entente.fake.CountingPublisher;
import dev.entente.fake.InMemoryCaStore;
import dev.entente.fake.LoneCluster;
import io.smallrye.mutiny.Uni;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInCertificateAuthorityTest {
    private static final String CLUSTER = "b6b81856-b1d6-87da-43e1-78d9da3a6059";
    private static final int URI = 6;
    private static final int DNS = 2;

    private final InMemoryCaStore store = new InMemoryCaStore();
    private final CountingPublisher publisher = new CountingPublisher();
    private Instant now = Instant.now();
    private final BuiltInCertificateAuthority authority =
            new BuiltInCertificateAuthority(store, new LoneCluster(CLUSTER), publisher, surroundings());
    private final ServerCertificate server = new ServerCertificate(authority, "dc1", () -> now);

    private BuiltInCertificateAuthority.Surroundings surroundings() {
        return new BuiltInCertificateAuthority.Surroundings(CaConfiguration.DEFAULT, () -> now, Runnable::run);
    }

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

        CaRoots after = rotate(384);

        assertThat(after.roots()).hasSize(2);
        assertThat(active(after).privateKeyBits()).isEqualTo(384);
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

        CaRoots rotated = rotate(384);
        server.refresh().await().indefinitely();

        assertThat(shown()).hasSize(2);
        verify(active(rotated), shown()[0]);
        verify(old, shown());
    }

    @Test
    void whoKnowsOnlyARootFromSeveralRotationsAgoTrustsTheNewestLeaf() throws Exception {
        CaRoot first = active(authority.roots().await().indefinitely());

        for (int bits : List.of(384, 521, 256, 384)) {
            rotate(bits);
        }
        now = now.plus(Duration.ofDays(365));
        server.refresh().await().indefinitely();

        assertThat(shown()).hasSize(5);
        verify(first, shown());
    }

    @Test
    void aRootThatWasReplacedIsForgottenAfterTwiceTheLifeOfALeaf() {
        CaRoots before = authority.roots().await().indefinitely();
        rotate(384);

        now = now.plus(Duration.ofHours(144));
        authority.prune().await().indefinitely();
        assertThat(authority.roots().await().indefinitely().roots()).hasSize(2);

        now = now.plus(Duration.ofSeconds(1));
        authority.prune().await().indefinitely();
        assertThat(authority.roots().await().indefinitely().roots())
                .hasSize(1)
                .extracting(CaRoot::id)
                .doesNotContain(before.activeRootId());
        assertThat(publisher.published()).isEqualTo(3);
    }

    @Test
    void theSameConfigurationAgainChangesNothing() {
        CaRoots before = authority.roots().await().indefinitely();

        configure(CaConfiguration.DEFAULT.config());

        assertThat(authority.roots().await().indefinitely()).isEqualTo(before);
        assertThat(authority.configuration().await().indefinitely().modifyIndex())
                .isEqualTo(1);
    }

    @Test
    void otherLifetimesKeepTheRoot() throws Exception {
        CaRoots before = authority.roots().await().indefinitely();

        configure(Map.of("LeafCertTTL", "24h"));
        server.refresh().await().indefinitely();

        assertThat(authority.roots().await().indefinitely()).isEqualTo(before);
        assertThat(publisher.published()).isEqualTo(1);
        assertThat(Duration.between(
                        shown()[0].getNotBefore().toInstant(),
                        shown()[0].getNotAfter().toInstant()))
                .isEqualTo(Duration.ofHours(24));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC PRIVATE KEY", "PRIVATE KEY", "RSA PRIVATE KEY"})
    void anOperatorBringsAKey(String form) throws Exception {
        CaRoot old = active(authority.roots().await().indefinitely());
        KeyPair brought = SigningKey.make(form.startsWith("RSA") ? "rsa" : "ec", form.startsWith("RSA") ? 2048 : 256);

        configure(Map.of("PrivateKey", pem(form, brought)));
        server.refresh().await().indefinitely();

        CaRoot active = active(authority.roots().await().indefinitely());
        assertThat(Pem.certificate(active.rootCert()).getPublicKey()).isEqualTo(brought.getPublic());
        verify(active, shown()[0]);
        verify(old, shown());
    }

    @Test
    void anOperatorBringsARootAndTakesItBack() throws Exception {
        KeyedRoot brought = Roots.make(CaSettings.of(CaConfiguration.DEFAULT).orThrow(), CLUSTER, now);
        CaRoot first = active(authority.roots().await().indefinitely());
        Map<String, Object> both = Map.of(
                "PrivateKey",
                brought.privateKeyPem(),
                "RootCert",
                brought.root().rootCert());

        configure(both);
        assertThat(active(authority.roots().await().indefinitely()).id())
                .isEqualTo(brought.root().id());
        rotate(384);
        configure(both);

        CaRoots roots = authority.roots().await().indefinitely();
        assertThat(roots.activeRootId()).isEqualTo(brought.root().id());
        assertThat(roots.roots()).extracting(CaRoot::id).doesNotHaveDuplicates().contains(first.id());
    }

    @Test
    void aKeyThatIsNotTheRootsIsRefusedAndNothingChanges() {
        CaRoots before = authority.roots().await().indefinitely();
        KeyedRoot one = Roots.make(CaSettings.of(CaConfiguration.DEFAULT).orThrow(), CLUSTER, now);
        KeyedRoot two = Roots.make(CaSettings.of(CaConfiguration.DEFAULT).orThrow(), CLUSTER, now);

        assertThatThrownBy(() -> configure(Map.of(
                        "PrivateKey",
                        one.privateKeyPem(),
                        "RootCert",
                        two.root().rootCert())))
                .hasMessageContaining("the private key does not belong to the root certificate");
        assertThatThrownBy(() -> configure(Map.of("PrivateKey", "nonsense")))
                .hasMessageContaining("the private key cannot be read");
        assertThat(authority.roots().await().indefinitely()).isEqualTo(before);
    }

    @Test
    void withoutCrossSigningNothingVouchesForTheNewRoot() {
        authority.roots().await().indefinitely();

        authority
                .configure(new CaConfiguration("consul", Map.of("PrivateKeyBits", 384), Map.of(), true), 0)
                .await()
                .indefinitely();

        assertThat(active(authority.roots().await().indefinitely()).intermediateCerts())
                .isEmpty();
    }

    @Test
    void anIndexThatIsNotTheHeldOneIsRefused() {
        CaConfiguration wanted = new CaConfiguration("consul", Map.of("LeafCertTTL", "24h"), Map.of(), false);
        long held = authority.configuration().await().indefinitely().modifyIndex();

        assertThatThrownBy(() -> authority.configure(wanted, held + 1).await().indefinitely())
                .hasMessage("ModifyIndex did not match existing");
        authority.configure(wanted, held).await().indefinitely();
        assertThat(authority.configuration().await().indefinitely().value()).isEqualTo(wanted);
    }

    /** Two replicas that rotate at the same time: the second decides from what the first left, and both roots stay known. */
    @Test
    void rotationsOfTwoReplicasAtOnceLoseNoRoot() {
        CaRoot first = active(authority.roots().await().indefinitely());
        InterleavedStore interleaved = new InterleavedStore(store, () -> rotate(521));
        BuiltInCertificateAuthority other =
                new BuiltInCertificateAuthority(interleaved, new LoneCluster(CLUSTER), publisher, surroundings());

        other.configure(withBits(384), 0).await().indefinitely();

        CaRoots roots = authority.roots().await().indefinitely();
        assertThat(roots.roots()).extracting(CaRoot::privateKeyBits).containsExactly(256, 521, 384);
        assertThat(roots.roots()).extracting(CaRoot::id).contains(first.id());
    }

    /** Lets another replica be faster once. */
    private static final class InterleavedStore implements CaStore {
        private final CaStore store;
        private Runnable before;

        InterleavedStore(CaStore store, Runnable before) {
            this.store = store;
            this.before = before;
        }

        @Override
        public Uni<Optional<Held>> held() {
            return store.held();
        }

        @Override
        public Uni<Committed<Held>> initialise(CaConfiguration configuration, KeyedRoot first) {
            return store.initialise(configuration, first);
        }

        @Override
        public Uni<Committed<Optional<Held>>> replace(Held seen, List<KeyedRoot> roots, CaConfiguration wanted) {
            before.run();
            before = () -> {};
            return store.replace(seen, roots, wanted);
        }

        @Override
        public Uni<Long> nextIndex() {
            return store.nextIndex();
        }
    }

    private CaRoots rotate(int bits) {
        authority.configure(withBits(bits), 0).await().indefinitely();
        return authority.roots().await().indefinitely();
    }

    private void configure(Map<String, ?> config) {
        authority
                .configure(new CaConfiguration("consul", new TreeMap<>(config), Map.of(), false), 0)
                .await()
                .indefinitely();
    }

    private static CaConfiguration withBits(int bits) {
        return new CaConfiguration("consul", Map.of("PrivateKeyBits", bits), Map.of(), false);
    }

    private static CaRoot active(CaRoots roots) {
        return roots.roots().stream().filter(CaRoot::active).findFirst().orElseThrow();
    }

    private static String pem(String form, KeyPair key) throws IOException {
        if (form.startsWith("EC")) {
            return SigningKey.ecPem(key);
        }
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(
                    form.equals("PRIVATE KEY") ? new JcaPKCS8Generator(key.getPrivate(), null) : key.getPrivate());
        }
        assertThat(text.toString()).startsWith("-----BEGIN " + form + "-----");
        return text.toString();
    }

    @Test
    void nothingIsShownBeforeTheFirstRefreshOrForOtherKinds() {
        assertThat(server.chooseEngineServerAlias("EC", null, null)).isNull();
        server.refresh().await().indefinitely();
        assertThat(server.chooseEngineServerAlias("RSA", null, null)).isNull();
        assertThat(server.chooseClientAlias(new String[] {"EC"}, null, null)).isNull();
    }

    @Test
    void aServicesLeafIsSignedByTheActiveRootAndGoesWithItsKey() throws Exception {
        LeafIssuer issuer = new ServiceLeaves(authority, store, "dc1");
        CaRoot old = active(authority.roots().await().indefinitely());
        rotate(384);

        IssuedLeaf leaf = issuer.issue(PartitionName.DEFAULT, "web").await().indefinitely();
        IssuedLeaf other =
                issuer.issue(new PartitionName("team"), "web").await().indefinitely();

        String domain = "spiffe://" + CLUSTER + ".consul";
        assertThat(leaf.uri()).isEqualTo(domain + "/ns/default/dc/dc1/svc/web");
        assertThat(other.uri()).isEqualTo(domain + "/ap/team/ns/default/dc/dc1/svc/web");
        assertThat(other.index()).isGreaterThan(leaf.index());
        assertThat(leaf.serialNumber()).matches("[0-9a-f]{2}(:[0-9a-f]{2})*");
        assertThat(Duration.between(leaf.validAfter(), leaf.validBefore())).isEqualTo(Duration.ofHours(72));
        assertThat(leaf.privateKeyPem()).startsWith("-----BEGIN EC PRIVATE KEY-----\n");
        assertThat(leaf.toString()).doesNotContain("PRIVATE");
        X509Certificate[] chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(
                        new ByteArrayInputStream(leaf.certificatePem().getBytes(US_ASCII)))
                .toArray(X509Certificate[]::new);
        assertThat(chain).hasSize(2);
        assertThat(chain[0].getSubjectAlternativeNames()).containsExactly(List.of(URI, leaf.uri()));
        assertThat(SigningKey.read(leaf.privateKeyPem()).getPublic()).isEqualTo(chain[0].getPublicKey());
        verify(active(authority.roots().await().indefinitely()), chain[0]);
        verify(old, chain);
    }

    /** The certificate of a service must not pass for that of another one. */
    @Test
    void aLeafNamesItsServiceWhateverCharactersItHas() throws Exception {
        LeafIssuer issuer = new ServiceLeaves(authority, store, "dc1");
        String path = "spiffe://" + CLUSTER + ".consul/ns/default/dc/dc1/svc/";

        for (String name : List.of("web?x", "we b", "a[b%")) {
            IssuedLeaf leaf = issuer.issue(PartitionName.DEFAULT, name).await().indefinitely();
            assertThat(leaf.service()).isEqualTo(name);
            assertThat(SpiffeId.parse(leaf.uri()))
                    .map(id -> ((SpiffeId.Service) id).service())
                    .contains(name);
        }
        assertThatThrownBy(() ->
                        issuer.issue(PartitionName.DEFAULT, "web/x").await().indefinitely())
                .hasMessage("SPIFFE ID is not in the expected format: " + path + "web/x");
    }

    @Test
    void noMoreLeavesAreSignedThanConfigured() {
        LeafIssuer issuer = new ServiceLeaves(authority, store, "dc1");
        configure(Map.of("CSRMaxPerSecond", 4));

        for (int i = 0; i < 3; i++) {
            issuer.issue(PartitionName.DEFAULT, "web").await().indefinitely();
        }
        assertThatThrownBy(
                        () -> issuer.issue(PartitionName.DEFAULT, "web").await().indefinitely())
                .hasMessage("Rate limit reached, try again later");

        now = now.plusMillis(250);
        assertThat(issuer.issue(PartitionName.DEFAULT, "web").await().indefinitely())
                .isNotNull();
    }

    @Test
    void privateKeysDoNotShowThemselves() {
        authority.roots().await().indefinitely();
        String keyed = store.held().await().indefinitely().toString();

        assertThat(keyed).doesNotContain("PRIVATE");
        Leaf leaf = Leaf.issue(
                store.held().await().indefinitely().orElseThrow().active(),
                CaSettings.of(CaConfiguration.DEFAULT).orThrow(),
                "spiffe://x/y",
                List.of("x"),
                now);
        assertThat(leaf.toString())
                .startsWith("Leaf[")
                .doesNotContain(leaf.key().toString());
    }

    private X509Certificate[] shown() {
        String alias = server.chooseEngineServerAlias("EC", null, null);
        return server.getCertificateChain(alias);
    }

    private void verify(CaRoot root, X509Certificate... chain) throws Exception {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(Pem.certificate(root.rootCert()), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(chain)), parameters);
    }
}
