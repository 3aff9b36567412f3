package dev.entente.domain.trust;

import dev.entente.domain.identity.TrustDomain;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;

/** The identity that a certificate of the service mesh carries as a URI. */
public sealed interface SpiffeId {

    TrustDomain trustDomain();

    /** A service; the partition is {@code default} when the URI names none. */
    record Service(TrustDomain trustDomain, String partition, String namespace, String datacenter, String service)
            implements SpiffeId {}

    /** An agent, a server, a gateway or a signing authority: valid, but no service. */
    record Other(TrustDomain trustDomain) implements SpiffeId {}

    /**
     * A name as a part of the path of an identity. Written as it is, {@code web?x} would pass for {@code web}. A slash stays, and makes
     * what is no identity.
     */
    static String pathOf(String name) {
        return SpiffePaths.encoded(name);
    }

    /** Reads the URI; empty when it is no identity of the mesh. */
    static Optional<SpiffeId> parse(String text) {
        try {
            URI uri = new URI(text);
            if (!"spiffe".equals(uri.getScheme()) || uri.getHost() == null) {
                return Optional.empty();
            }
            String path = uri.getRawPath() == null ? "" : uri.getRawPath();
            return of(new TrustDomain(uri.getHost()), path);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<SpiffeId> of(TrustDomain trustDomain, String path) {
        Matcher service = SpiffePaths.SERVICE.matcher(path);
        if (service.matches()) {
            String partition = service.group(1) == null ? "default" : SpiffePaths.decoded(service.group(1));
            return Optional.of(new Service(
                    trustDomain,
                    partition,
                    SpiffePaths.decoded(service.group(2)),
                    SpiffePaths.decoded(service.group(3)),
                    SpiffePaths.decoded(service.group(4))));
        }
        return SpiffePaths.OTHERS.matcher(path).matches() ? Optional.of(new Other(trustDomain)) : Optional.empty();
    }
}
