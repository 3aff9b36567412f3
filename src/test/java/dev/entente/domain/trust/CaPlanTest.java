package dev.entente.domain.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaPlanTest {
    private static final long INDEX = 7;

    /** What does not fit is told with its value, but for the key. */
    @Test
    void aKeyIsNotToldAgainWhereItDoesNotFit() {
        Outcome<CaPlan> plan = CaPlan.of(
                CaConfiguration.DEFAULT,
                INDEX,
                new CaConfiguration(
                        "consul",
                        Map.of("PrivateKey", List.of("secret", "s"), "RootCertTTL", List.of("87600h")),
                        Map.of(),
                        false),
                0);

        assertThat(plan)
                .isEqualTo(Outcome.refused(
                        Refusal.invalid("error configuring provider: error decoding config: 2 error(s) decoding:\n\n"
                                + "* 'PrivateKey' expected type 'string', got unconvertible type '[]interface {}'\n"
                                + "* 'RootCertTTL' expected type 'time.Duration', got unconvertible type"
                                + " '[]interface {}', value: '[87600h]'")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LeafCertTTL         | abc    | error decoding config: 1 error(s) decoding:\\n\\n* error decoding 'LeafCertTTL': time: invalid duration "abc"
            LeafCertTTL         | 5d     | error decoding config: 1 error(s) decoding:\\n\\n* error decoding 'LeafCertTTL': time: unknown unit "d" in duration "5d"
            PrivateKeyBits      | x      | error decoding config: 1 error(s) decoding:\\n\\n* cannot parse 'PrivateKeyBits' as int: strconv.ParseInt: parsing "x": invalid syntax
            CSRMaxConcurrent    | x      | error decoding config: 1 error(s) decoding:\\n\\n* cannot parse 'CSRMaxConcurrent' as int: strconv.ParseInt: parsing "x": invalid syntax
            CSRMaxPerSecond     | x      | error decoding config: 1 error(s) decoding:\\n\\n* cannot parse 'CSRMaxPerSecond' as float: strconv.ParseFloat: parsing "x": invalid syntax
            SkipValidate        | x      | error decoding config: 1 error(s) decoding:\\n\\n* cannot parse 'SkipValidate' as bool: strconv.ParseBool: parsing "x": invalid syntax
            LeafCertTTL         | 1m     | leaf cert TTL must be greater or equal than 1h0m0s
            LeafCertTTL         | 90000h | leaf cert TTL must be less than 8760h0m0s
            LeafCertTTL         | 4000h  | Intermediate Cert TTL must be greater or equal than 3 * LeafCertTTL (>=12000h0m0s).
            IntermediateCertTTL | 2h     | Intermediate Cert TTL must be greater or equal than 3h
            IntermediateCertTTL | 99999h | root cert TTL is set and is not greater than intermediate cert ttl. root cert ttl: 87600h0m0s, intermediate cert ttl: 99999h0m0s
            RootCertTTL         | 1h     | root cert TTL is set and is not greater than intermediate cert ttl. root cert ttl: 1h0m0s, intermediate cert ttl: 8760h0m0s
            PrivateKeyType      | nope   | private key type must be either 'ec' or 'rsa'
            PrivateKeyType      | rsa    | RSA key length must be 2048 or 4096 bits
            PrivateKeyBits      | 257    | EC key length must be one of (224, 256, 384, 521) bits
            PrivateKeyBits      | 224    | keys of type 'ec' with 224 bits are not supported by this server
            RootCert            | x      | must provide a private key when providing a root cert
            """)
    void aSettingThatCannotBeIsRefused(String name, String value, String text) {
        Outcome<CaPlan> plan = CaPlan.of(CaConfiguration.DEFAULT, INDEX, with(Map.of(name, value)), 0);

        assertThat(plan)
                .isEqualTo(
                        Outcome.refused(Refusal.invalid("error configuring provider: " + text.replace("\\n", "\n"))));
    }

    @Test
    void settingsAreReadAsConsulReadsThem() {
        CaConfiguration loose = with(Map.of(
                "leafcertttl", 7_200_000_000_000L, "PrivateKeyBits", "384", "CSRMaxPerSecond", "0.5", "Unknown", "x"));

        CaSettings settings = CaSettings.of(loose).orThrow();

        assertThat(settings.leafTtl()).isEqualTo(Duration.ofHours(2));
        assertThat(settings.keyBits()).isEqualTo(384);
        assertThat(settings.signingsPerSecond()).isEqualTo(0.5);
        assertThat(settings.rootTtl()).isEqualTo(Duration.ofDays(3650));
        assertThat(settings.retirement()).isEqualTo(Duration.ofHours(4));
    }

    @Test
    void withoutValidationShortLifetimesAreTaken() {
        assertThat(CaSettings.of(with(Map.of("SkipValidate", true, "LeafCertTTL", "5s")))
                        .orThrow()
                        .leafTtl())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({"PrivateKeyBits, 384", "PrivateKey, pem"})
    void anotherKeyIsARotation(String name, String value) {
        CaPlan plan = plan(with(Map.of(name, value)));

        assertThat(plan).isInstanceOf(CaPlan.OtherRoot.class);
        assertThat(((CaPlan.OtherRoot) plan).crossSigned()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"LeafCertTTL, 24h", "PrivateKeyType, ec", "PrivateKeyBits, 256", "Whatever, x"})
    void otherSettingsKeepTheRoot(String name, String value) {
        assertThat(plan(with(Map.of(name, value)))).isInstanceOf(CaPlan.SameRoot.class);
    }

    @Test
    void theSameSettingsAreNoChangeWhateverTheIndex() {
        assertThat(CaPlan.of(CaConfiguration.DEFAULT, INDEX, CaConfiguration.DEFAULT, INDEX + 1))
                .isEqualTo(Outcome.accepted(new CaPlan.Nothing()));
    }

    @Test
    void theProviderNotesWhatItIsToldAndElseKeepsItsNotes() {
        Map<String, Object> told = Map.of("test_state", Map.of("foo", "bar", "odd", 5));
        CaConfiguration silent = new CaConfiguration("consul", Map.of(), Map.of(), false);

        assertThat(new CaConfiguration("consul", told, Map.of(), false)
                        .noting(Map.of("x", "y"))
                        .state())
                .isEqualTo(Map.of("foo", "bar"));
        assertThat(silent.noting(Map.of("x", "y")).state()).isEqualTo(Map.of("x", "y"));
    }

    @Test
    void anotherProviderOrStateOrIndexIsRefused() {
        CaConfiguration vault = new CaConfiguration("vault", Map.of(), Map.of(), false);
        CaConfiguration stateful = new CaConfiguration("consul", Map.of(), Map.of("x", "y"), false);
        CaConfiguration changed = with(Map.of("LeafCertTTL", "24h"));

        assertThat(CaPlan.of(CaConfiguration.DEFAULT, INDEX, vault, 0))
                .isEqualTo(Outcome.refused(
                        Refusal.invalid("could not initialize provider: unknown CA provider \"vault\"")));
        assertThat(CaPlan.of(CaConfiguration.DEFAULT, INDEX, stateful, 0))
                .isEqualTo(Outcome.refused(Refusal.badRequest(
                        "Provider State is read-only. It must be omitted or identical to the current value")));
        assertThat(CaPlan.of(CaConfiguration.DEFAULT, INDEX, changed, INDEX - 1))
                .isEqualTo(Outcome.refused(Refusal.invalid("ModifyIndex did not match existing")));
        assertThat(CaPlan.of(CaConfiguration.DEFAULT, INDEX, changed, INDEX).orThrow())
                .isInstanceOf(CaPlan.SameRoot.class);
    }

    @Test
    void aRootThatMayNotCrossSignIsReplacedOnlyByForce() {
        CaConfiguration held = with(Map.of("DisableCrossSigning", true));
        CaConfiguration forced = new CaConfiguration("consul", Map.of("PrivateKeyBits", 384), Map.of(), true);

        Outcome<CaPlan> refused = CaPlan.of(held, INDEX, with(Map.of("PrivateKeyBits", 384)), 0);

        assertThat(refused.fold(plan -> "", Refusal::text)).contains("does not support cross-signing");
        assertThat(((CaPlan.OtherRoot) CaPlan.of(held, INDEX, forced, 0).orThrow()).crossSigned())
                .isFalse();
    }

    @Test
    void neitherSettingsNorConfigurationShowTheKey() {
        CaConfiguration secret = with(Map.of("PrivateKey", "very-secret"));

        assertThat(secret.toString() + CaSettings.of(secret).orThrow() + plan(secret))
                .doesNotContain("very-secret");
    }

    private static CaPlan plan(CaConfiguration wanted) {
        return CaPlan.of(CaConfiguration.DEFAULT, INDEX, wanted, 0).orThrow();
    }

    private static CaConfiguration with(Map<String, ? extends @Nullable Object> config) {
        return new CaConfiguration("consul", new TreeMap<>(config), Map.of(), false);
    }
}
