package dev.entente.boot;

import dev.entente.config.InvalidConfigException;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/** The files of the HTTPS listener: its certificate with the key, and the authorities of its clients. */
@Singleton
final class HttpsCertificate {
    /** The name that {@link ApplicationProperties} gives to what is read from these files. */
    static final String NAME = "https";

    private static final List<String> KEY_TYPES = List.of("EC", "RSA", "EdDSA");
    private static final byte[] ANYTHING = {1, 2, 3};

    private final TlsConfigurationRegistry registry;
    private final Event<CertificateUpdatedEvent> changed;
    private final Vertx vertx;

    HttpsCertificate(TlsConfigurationRegistry registry, Event<CertificateUpdatedEvent> changed, Vertx vertx) {
        this.registry = registry;
        this.changed = changed;
        this.vertx = vertx;
    }

    /** What could not work ends the start, and not each handshake later. */
    void requireUsable(@Observes StartupEvent event) {
        registry.get(NAME).ifPresent(this::requirePair);
    }

    /**
     * Reads the files again, for all connections from now on. Blocks.
     *
     * @throws InvalidConfigException when they cannot be used; the listener goes on with what it has
     */
    void readAgain() {
        Optional<TlsConfiguration> listener = registry.get(NAME);
        if (listener.isEmpty()) {
            return;
        }
        if (!listener.get().reload()) {
            throw new InvalidConfigException("Failed to load cert/key pair: one of the files cannot be read as PEM");
        }
        requirePair(listener.get());
        changed.fire(new CertificateUpdatedEvent(NAME, listener.get()));
    }

    private void requirePair(TlsConfiguration listener) {
        try {
            if (!isPair(listener.getKeyStoreOptions())) {
                throw new InvalidConfigException(
                        "Failed to load cert/key pair: tls: private key does not match public key");
            }
        } catch (InvalidConfigException e) {
            throw e;
        } catch (Exception e) {
            // The platform declares no narrower one.
            throw new InvalidConfigException("Failed to load cert/key pair: " + e.getMessage(), e);
        }
    }

    private boolean isPair(KeyCertOptions files) throws Exception {
        for (KeyManager manager : files.getKeyManagerFactory(vertx).getKeyManagers()) {
            X509KeyManager keys = (X509KeyManager) manager;
            for (String name :
                    KEY_TYPES.stream().flatMap(type -> names(keys, type)).toList()) {
                if (!belongs(keys.getPrivateKey(name), keys.getCertificateChain(name)[0])) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Stream<String> names(X509KeyManager keys, String type) {
        String[] names = keys.getServerAliases(type, null);
        return names == null ? Stream.empty() : Stream.of(names);
    }

    private static boolean belongs(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(ANYTHING);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(ANYTHING);
        return signature.verify(signed);
    }
}
