package dev.entente.domain.token;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one cluster hands to another so that it may be dialed (protocol chapter 1.1). It carries a secret that can be used once,
 * so its encoded form is itself a secret.
 *
 * @param caPems all roots of the issuing cluster; empty means that it is dialed without TLS
 * @param manualServerAddresses where the operator says that the cluster is reached; they go before {@code serverAddresses}
 * @param serverAddresses where the cluster itself says that it is reached
 * @param serverName the TLS name to ask for and to verify
 * @param peerId the id of the peering at the issuing cluster
 * @param remotePartition the partition of the issuing cluster that is peered; empty for the default one
 */
public record PeeringToken(
        List<String> caPems,
        List<String> manualServerAddresses,
        List<String> serverAddresses,
        String serverName,
        String peerId,
        Secret establishmentSecret,
        String remotePartition,
        String remoteDatacenter) {

    public PeeringToken {
        caPems = List.copyOf(caPems);
        manualServerAddresses = List.copyOf(manualServerAddresses);
        serverAddresses = List.copyOf(serverAddresses);
    }

    /**
     * Reads a token; members that are missing are empty, members that are not known are ignored. Refuses what is no base64 or no
     * JSON (protocol chapter 1.4, rows 3 and 4), and looks no further: that is {@link #checked}'s.
     */
    public static Outcome<PeeringToken> decode(String encoded) {
        return GoBase64.decode(encoded).flatMap(TokenJson::read);
    }

    /** The form that is handed over; members in Consul's order, and null for an empty list as Consul writes it. */
    public String encode() {
        return Base64.getEncoder().encodeToString(TokenJson.write(this).getBytes(StandardCharsets.UTF_8));
    }

    /** Refuses a token that cannot be dialed with; the first fault in the order of protocol chapter 1.4, rows 5 to 9, is told. */
    public Outcome<PeeringToken> checked() {
        return TokenFault.of(this)
                .map(fault -> Outcome.<PeeringToken>refused(Refusal.invalid(fault)))
                .orElseGet(() -> Outcome.accepted(this));
    }

    /** Whether an address is a host and a port from 1 to 65535, for checking what an operator gives. */
    public static boolean isServerAddress(String address) {
        return TokenFault.isServerAddress(address);
    }

    /** The first address that is not a host and a port, if there is one. */
    Optional<String> badAddress() {
        return Stream.concat(serverAddresses.stream(), manualServerAddresses.stream())
                .filter(address -> !isServerAddress(address))
                .findFirst();
    }
}
