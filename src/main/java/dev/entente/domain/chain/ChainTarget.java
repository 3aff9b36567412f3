package dev.entente.domain.chain;

import dev.entente.domain.config.ServiceResolverEntry.Place;
import dev.entente.domain.config.ServiceResolverEntry.Subset;
import java.time.Duration;

/**
 * Instances that a chain can end at (protocol chapter 8.4).
 *
 * @param place with a peer, or with a datacenter of our own cluster
 * @param external whether TLS to it goes by a name that is not one of the mesh
 * @param sni the name that TLS goes by; empty for peers, whose trust domain is not known here
 * @param name how statistics call it; empty for peers
 */
public record ChainTarget(
        Place place,
        String meshGatewayMode,
        Subset subset,
        Duration connectTimeout,
        boolean external,
        String sni,
        String name) {

    /** A target of which only the place is known yet. */
    static ChainTarget at(Place place, String trustDomain) {
        String sni = place.peer().isEmpty() ? sni(place, trustDomain) : "";
        return new ChainTarget(place, "", Subset.ALL, Duration.ZERO, false, sni, sni);
    }

    private static String sni(Place place, String trustDomain) {
        String subset = place.serviceSubset().isEmpty() ? "" : place.serviceSubset() + ".";
        String service = subset + place.service() + "." + place.namespace() + ".";
        return place.partition().equals("default")
                ? service + place.datacenter() + ".internal." + trustDomain
                : service + place.partition() + "." + place.datacenter() + ".internal-v1." + trustDomain;
    }

    public String id() {
        return id(place);
    }

    static String id(Place place) {
        if (!place.peer().isEmpty()) {
            return place.service() + "." + place.namespace() + ".default.external." + place.peer();
        }
        String subset = place.serviceSubset().isEmpty() ? "" : place.serviceSubset() + ".";
        return subset + place.service() + "." + place.namespace() + "." + place.partition() + "." + place.datacenter();
    }

    public String service() {
        return place.service();
    }

    public String peer() {
        return place.peer();
    }
}
