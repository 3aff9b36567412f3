package dev.entente.domain.trust;

import dev.entente.domain.catalog.GoDuration;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of the built-in authority, read and checked (protocol chapter 6.9).
 *
 * @param privateKey the key to sign with, in PEM; empty to make one
 * @param rootCert the certificate of that key; empty to make one
 * @param signingsPerSecond how many leaf certificates one replica signs in a second; 0 for no bound
 * @param crossSigning whether a root that is replaced signs its successor
 */
public record CaSettings(
        Duration leafTtl,
        Duration intermediateTtl,
        Duration rootTtl,
        String keyType,
        int keyBits,
        String privateKey,
        String rootCert,
        double signingsPerSecond,
        boolean crossSigning) {
    public static final String EC = "ec";
    public static final String RSA = "rsa";

    private static final Duration SHORTEST_LEAF = Duration.ofHours(1);
    private static final Duration LONGEST_LEAF = Duration.ofDays(365);
    private static final Duration SHORTEST_INTERMEDIATE = Duration.ofHours(3);
    private static final int INTERMEDIATE_PER_LEAF = 3;
    private static final double SIGNINGS_PER_SECOND = 50;

    /** Reads the settings; what is not named has Consul's default. */
    public static Outcome<CaSettings> of(CaConfiguration configuration) {
        WeakSettings raw = new WeakSettings(configuration.config());
        CaSettings settings = new CaSettings(
                raw.duration("LeafCertTTL", Duration.ofDays(3)),
                raw.duration("IntermediateCertTTL", Duration.ofDays(365)),
                raw.duration("RootCertTTL", Duration.ofDays(3650)),
                raw.text("PrivateKeyType", EC),
                raw.integer("PrivateKeyBits", 256),
                raw.secret("PrivateKey"),
                raw.text("RootCert", ""),
                raw.decimal("CSRMaxPerSecond", SIGNINGS_PER_SECOND),
                !raw.flag("DisableCrossSigning"));
        raw.integer("CSRMaxConcurrent", 0);
        boolean unchecked = raw.flag("SkipValidate");
        return raw.fault()
                .map(fault -> "error decoding config: " + fault)
                .or(() -> unchecked ? Optional.empty() : settings.fault())
                .or(settings::unsupported)
                .map(fault -> Outcome.<CaSettings>refused(Refusal.invalid("error configuring provider: " + fault)))
                .orElseGet(() -> Outcome.accepted(settings));
    }

    /** Whether the same key and root come out of both. */
    public boolean hasRootOf(CaSettings other) {
        return privateKey.equals(other.privateKey)
                && rootCert.equals(other.rootCert)
                && keyType.equals(other.keyType)
                && keyBits == other.keyBits;
    }

    /** A root that was replaced is known for as long: nothing that it signed is valid any more then. */
    public Duration retirement() {
        return leafTtl.multipliedBy(2);
    }

    private Optional<String> fault() {
        return faultOfKey(
                        privateKey.isEmpty() && !rootCert.isEmpty(),
                        "must provide a private key when providing a root cert")
                .or(this::faultOfLifetimes)
                .or(this::faultOfKeyKind);
    }

    private static Optional<String> faultOfKey(boolean isFault, String text) {
        return isFault ? Optional.of(text) : Optional.empty();
    }

    private Optional<String> faultOfLifetimes() {
        if (rootTtl.compareTo(intermediateTtl) < 0) {
            return Optional.of("root cert TTL is set and is not greater than intermediate cert ttl. root cert ttl: "
                    + GoDuration.format(rootTtl) + ", intermediate cert ttl: " + GoDuration.format(intermediateTtl));
        }
        if (leafTtl.compareTo(SHORTEST_LEAF) < 0) {
            return Optional.of("leaf cert TTL must be greater or equal than " + GoDuration.format(SHORTEST_LEAF));
        }
        if (leafTtl.compareTo(LONGEST_LEAF) > 0) {
            return Optional.of("leaf cert TTL must be less than " + GoDuration.format(LONGEST_LEAF));
        }
        if (intermediateTtl.compareTo(SHORTEST_INTERMEDIATE) < 0) {
            return Optional.of("Intermediate Cert TTL must be greater or equal than 3h");
        }
        Duration least = leafTtl.multipliedBy(INTERMEDIATE_PER_LEAF);
        return intermediateTtl.compareTo(least) < 0
                ? Optional.of("Intermediate Cert TTL must be greater or equal than 3 * LeafCertTTL (>="
                        + GoDuration.format(least) + ").")
                : Optional.empty();
    }

    private Optional<String> faultOfKeyKind() {
        return switch (keyType) {
            case EC ->
                faultOfKey(
                        !Set.of(224, 256, 384, 521).contains(keyBits),
                        "EC key length must be one of (224, 256, 384, 521) bits");
            case RSA -> faultOfKey(!Set.of(2048, 4096).contains(keyBits), "RSA key length must be 2048 or 4096 bits");
            default -> Optional.of("private key type must be either 'ec' or 'rsa'");
        };
    }

    /** What holds without validation as well: these keys can be made, and no TLS library of this platform takes P-224. */
    private Optional<String> unsupported() {
        boolean known = keyType.equals(EC)
                ? Set.of(256, 384, 521).contains(keyBits)
                : keyType.equals(RSA) && keyBits >= 2048 && keyBits <= 4096;
        return faultOfKey(
                !known, "keys of type '" + keyType + "' with " + keyBits + " bits are not supported by this server");
    }

    @Override
    public String toString() {
        return "CaSettings[" + keyType + " " + keyBits + " leafTtl=" + leafTtl + "]";
    }
}
