package dev.entente.rest.json;

import dev.entente.domain.catalog.GoDuration;
import dev.entente.domain.config.LoadBalancer;
import dev.entente.domain.config.LoadBalancer.Cookie;
import dev.entente.domain.config.LoadBalancer.HashPolicy;
import dev.entente.domain.config.ServiceResolverEntry;
import dev.entente.domain.config.ServiceResolverEntry.Failover;
import dev.entente.domain.config.ServiceResolverEntry.Place;
import dev.entente.domain.config.ServiceResolverEntry.Subset;
import java.time.Duration;

/** The members of service-resolver entries (protocol chapter 8.4). */
final class ResolverJson {
    private ResolverJson() {}

    static void connectTimeout(Json json, Duration timeout) {
        if (!timeout.isZero()) {
            json.text("ConnectTimeout", GoDuration.format(timeout));
        }
    }

    static void write(Json json, ServiceResolverEntry entry) {
        json.textIfAny("DefaultSubset", entry.defaultSubset())
                .objectsIfAny("Subsets", entry.subsets(), ResolverJson::subset)
                .objectIfAny("Redirect", entry.redirect(), ResolverJson::redirect)
                .objectsIfAny("Failover", entry.failover(), ResolverJson::failover)
                .objectIfAny("LoadBalancer", entry.loadBalancer(), ResolverJson::loadBalancer);
    }

    static void subset(Json json, Subset subset) {
        json.textIfAny("Filter", subset.filter()).flagIfSet("OnlyPassing", subset.onlyPassing());
    }

    private static void redirect(Json json, Place place) {
        json.textIfAny("Service", place.service())
                .textIfAny("ServiceSubset", place.serviceSubset())
                .textIfAny("Namespace", place.namespace())
                .textIfAny("Partition", place.partition())
                .textIfAny("Datacenter", place.datacenter())
                .textIfAny("Peer", place.peer());
    }

    private static void failover(Json json, Failover failover) {
        json.textIfAny("Service", failover.service())
                .textIfAny("ServiceSubset", failover.serviceSubset())
                .textIfAny("Namespace", failover.namespace())
                .textsIfAny("Datacenters", failover.datacenters())
                .arrayIfAny("Targets", failover.targets(), ResolverJson::target);
    }

    /** The order of the tenancy is another one than in redirects. */
    private static void target(Json json, Place place) {
        json.members(object -> object.textIfAny("Service", place.service())
                .textIfAny("ServiceSubset", place.serviceSubset())
                .textIfAny("Partition", place.partition())
                .textIfAny("Namespace", place.namespace())
                .textIfAny("Datacenter", place.datacenter())
                .textIfAny("Peer", place.peer()));
    }

    static void loadBalancer(Json json, LoadBalancer balancer) {
        json.textIfAny("Policy", balancer.policy())
                .objectIfAny(
                        "RingHashConfig",
                        balancer.ringHash(),
                        (object, ring) -> object.numberIfAny("MinimumRingSize", ring.minimumRingSize())
                                .numberIfAny("MaximumRingSize", ring.maximumRingSize()))
                .objectIfAny(
                        "LeastRequestConfig",
                        balancer.leastRequest(),
                        (object, least) -> object.numberIfAny("ChoiceCount", least.choiceCount()))
                .arrayIfAny("HashPolicies", balancer.hashPolicies(), ResolverJson::hashPolicy);
    }

    private static void hashPolicy(Json json, HashPolicy policy) {
        json.members(object -> object.textIfAny("Field", policy.field())
                .textIfAny("FieldValue", policy.fieldValue())
                .objectIfAny("CookieConfig", policy.cookie(), ResolverJson::cookie)
                .flagIfSet("SourceIP", policy.sourceIp())
                .flagIfSet("Terminal", policy.terminal()));
    }

    private static void cookie(Json json, Cookie cookie) {
        json.flagIfSet("Session", cookie.session())
                .numberIfAny("TTL", cookie.ttl().toNanos())
                .textIfAny("Path", cookie.path());
    }
}
