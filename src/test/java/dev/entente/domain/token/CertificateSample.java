package dev.entente.domain.token;

import dev.entente.domain.identity.Secret;
import java.util.List;

/** A certificate that was made for tests and vouches for nothing. */
public final class CertificateSample {
    public static final String PEM = """
            -----BEGIN CERTIFICATE-----
            MIIBhjCCASugAwIBAgIUQlMgZ1XOVNYTP37xuaxQFnxEniAwCgYIKoZIzj0EAwIw
            FzEVMBMGA1UEAwwMZW50ZW50ZS10ZXN0MCAXDTI2MTEyMzE2MDEwMVoYDzIwNTEw
            NzE1MTYwMTAxWjAXMRUwEwYDVQQDDAxlbnRlbnRlLXRlc3QwWTATBgcqhkjOPQIB
            BggqhkjOPQMBBwNCAARXeGBlMPPHdr+tKp5i293kB0u5LpGnHDJW8bjl6JkrH+zI
            /KLRor7bNIxny7zMm9PmWUMF65xKEgvv6x/gH1Pno1MwUTAdBgNVHQ4EFgQURCUS
            /83fE+v8GsJwXb3DLIYXstUwHwYDVR0jBBgwFoAURCUS/83fE+v8GsJwXb3DLIYX
            stUwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEA1mR/nYi4M8W7
            6ppbf2yHZEcge/jvRa/4hK8QILPowZMCIQD/SMh/Jrkms/N1kU+lYdbynfKQA0vL
            n7Ina6SwXMD+xg==
            -----END CERTIFICATE-----
            """;

    private CertificateSample() {}

    /** A token that is complete but for the server name. */
    static PeeringToken tokenWith(String serverName) {
        return new PeeringToken(
                List.of("some text before\n" + PEM),
                List.of(),
                List.of("127.0.0.1:8503"),
                serverName,
                "peer",
                new Secret("secret"),
                "",
                "dc1");
    }
}
