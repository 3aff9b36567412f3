package dev.entente.rest.body;

import dev.entente.domain.config.LoadBalancer;
import dev.entente.domain.config.LoadBalancer.Cookie;
import dev.entente.domain.config.LoadBalancer.HashPolicy;
import dev.entente.domain.config.LoadBalancer.LeastRequest;
import dev.entente.domain.config.LoadBalancer.RingHash;
import dev.entente.domain.config.ServiceResolverEntry;
import dev.entente.domain.config.ServiceResolverEntry.Failover;
import dev.entente.domain.config.ServiceResolverEntry.Place;
import dev.entente.domain.config.ServiceResolverEntry.Subset;

/** The service-resolver entry in a body. */
final class ResolverBody {
    private ResolverBody() {}

    static ServiceResolverEntry read(LooseMembers members) {
        return new ServiceResolverEntry(
                members.text("Name"),
                members.text("DefaultSubset"),
                members.objects("Subsets", subset -> new Subset(subset.text("Filter"), subset.flag("OnlyPassing"))),
                members.object("Redirect", ResolverBody::place),
                members.objects("Failover", ResolverBody::failover),
                members.duration("ConnectTimeout"),
                members.object("LoadBalancer", ResolverBody::loadBalancer),
                members.textMap("Meta"));
    }

    private static Place place(LooseMembers members) {
        return new Place(
                members.text("Service"),
                members.text("ServiceSubset"),
                members.text("Namespace"),
                members.text("Partition"),
                members.text("Datacenter"),
                members.text("Peer"));
    }

    private static Failover failover(LooseMembers members) {
        return new Failover(
                members.text("Service"),
                members.text("ServiceSubset"),
                members.text("Namespace"),
                members.texts("Datacenters"),
                members.list("Targets", ResolverBody::place));
    }

    private static LoadBalancer loadBalancer(LooseMembers members) {
        return new LoadBalancer(
                members.text("Policy"),
                members.object(
                        "RingHashConfig",
                        ring -> new RingHash(ring.large("MinimumRingSize"), ring.large("MaximumRingSize"))),
                members.object("LeastRequestConfig", least -> new LeastRequest(least.unsigned("ChoiceCount"))),
                members.list("HashPolicies", ResolverBody::hashPolicy));
    }

    private static HashPolicy hashPolicy(LooseMembers members) {
        return new HashPolicy(
                members.text("Field"),
                members.text("FieldValue"),
                members.object(
                        "CookieConfig",
                        cookie -> new Cookie(cookie.flag("Session"), cookie.duration("TTL"), cookie.text("Path"))),
                members.flag("SourceIP"),
                members.flag("Terminal"));
    }
}
