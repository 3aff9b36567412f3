package dev.entente.domain.stream;

import dev.entente.domain.identity.GoText;
import dev.entente.domain.stream.StreamMessage.Request;
import java.util.Optional;

/** What the first request for a resource type must look like (protocol chapter 3.3); a fault ends the stream. */
final class SubscriptionRules {
    private SubscriptionRules() {}

    static String unknownUrl(Request request) {
        return "subscription request to unknown resource URL: " + request.resourceUrl();
    }

    /**
     * What is wrong with a first request.
     *
     * @param remoteId the id that the other side has for this peering; empty when that does not matter, as for an acceptor
     */
    static Optional<String> faultOf(Request request, String remoteId) {
        if (!remoteId.isEmpty()
                && !request.peerId().isEmpty()
                && !request.peerId().equals(remoteId)) {
            return Optional.of(
                    "initial subscription requests for a resource type must have consistent PeerID values: got="
                            + GoText.quote(request.peerId()) + " expected=" + GoText.quote(remoteId));
        }
        if (!request.responseNonce().isEmpty()) {
            return Optional.of("initial subscription requests for a resource type must not contain a nonce");
        }
        if (request.error() != null) {
            return Optional.of("initial subscription request for a resource type must not contain an error");
        }
        return Optional.empty();
    }
}
