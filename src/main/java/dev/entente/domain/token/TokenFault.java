package dev.entente.domain.token;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what makes a token unusable (protocol chapter 1.4, rows 5 to 9; newer-releases §2 for the two lists of addresses). */
final class TokenFault {
    /** The first PEM block of a text; what stands around it is ignored, as are header lines within it. */
    private static final Pattern PEM_BLOCK = Pattern.compile(
            "(?:^|\\n)-----BEGIN (?<label>[^\\n]*?)-----[ \\t\\r]*\\n(?:[^\\n:]+:[^\\n]*\\n)*(?<body>[A-Za-z0-9+/=\\s]*?)"
                    + "-----END \\k<label>-----");

    /** The host may be empty or a name; only a bracketed one may contain colons. */
    private static final Pattern ADDRESS = Pattern.compile("(?:\\[[^\\[\\]]*]|[^:\\[\\]]*):(?<port>[+-]?[0-9]{1,9})");

    private static final int MAX_PORT = 65_535;

    private TokenFault() {}

    static Optional<String> of(PeeringToken token) {
        return caFault(token)
                .or(() -> addressFault(token))
                .or(() -> when(
                        !token.caPems().isEmpty() && token.serverName().isEmpty(),
                        "peering token server name value is empty"))
                .or(() -> when(token.peerId().isEmpty(), "peering token peer ID value is empty"));
    }

    static boolean isServerAddress(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            return false;
        }
        int port = Integer.parseInt(parts.group("port"));
        return port >= 1 && port <= MAX_PORT;
    }

    private static Optional<String> addressFault(PeeringToken token) {
        return when(
                        token.serverAddresses().isEmpty()
                                && token.manualServerAddresses().isEmpty(),
                        "peering token server addresses value is empty")
                .or(() -> token.badAddress().map(address -> address + " is not a valid peering server address"));
    }

    private static Optional<String> caFault(PeeringToken token) {
        return token.caPems().stream()
                .flatMap(pem -> certificateFault(pem).stream())
                .findFirst()
                .map(fault -> "peering token invalid CA: " + fault);
    }

    private static Optional<String> certificateFault(String pem) {
        Matcher block = PEM_BLOCK.matcher(pem);
        if (!block.find()) {
            return Optional.of("no PEM-encoded data found");
        }
        if (!block.group("label").equals("CERTIFICATE")) {
            return Optional.of("first PEM-block should be CERTIFICATE type");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group("body"));
            CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            return Optional.empty();
        } catch (CertificateException | IllegalArgumentException e) {
            // The reason of the JDK's parser is worded differently from release to release and helps nobody.
            return Optional.of("x509: malformed certificate");
        }
    }

    private static Optional<String> when(boolean faulty, String text) {
        return faulty ? Optional.of(text) : Optional.empty();
    }
}
