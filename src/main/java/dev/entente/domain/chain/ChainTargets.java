package dev.entente.domain.chain;

import dev.entente.domain.config.ServiceResolverEntry.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The targets that came up while a chain is put together, each once; those that it can really end at are kept. */
final class ChainTargets {
    private final ChainQuestion question;
    private final Map<String, ChainTarget> seen = new HashMap<>();
    private final SortedMap<String, ChainTarget> kept = new TreeMap<>();

    ChainTargets(ChainQuestion question) {
        this.question = question;
    }

    /** The instances of a service here. */
    ChainTarget of(String service, String subset, String namespace, String partition) {
        return at(new Place(service, subset, namespace, partition, "", ""));
    }

    /** The same target with some of its place changed. Another service begins without a subset, another peer with nothing. */
    ChainTarget moved(ChainTarget from, Place to) {
        Place was = from.place();
        boolean otherService = !to.service().isEmpty() && !to.service().equals(was.service());
        String ownSubset = otherService ? "" : was.serviceSubset();
        boolean keepsNamespace = to.namespace().isEmpty() && to.peer().isEmpty();
        return at(new Place(
                or(to.service(), was.service()),
                or(to.serviceSubset(), ownSubset),
                keepsNamespace ? was.namespace() : to.namespace(),
                or(to.partition(), was.partition()),
                or(to.datacenter(), was.datacenter()),
                to.peer()));
    }

    private ChainTarget at(Place place) {
        Place whole = place.peer().isEmpty()
                ? new Place(
                        place.service(),
                        place.serviceSubset(),
                        or(place.namespace(), ChainQuestion.NAMESPACE),
                        or(place.partition(), question.partition()),
                        or(place.datacenter(), question.datacenter()),
                        "")
                : new Place(
                        place.service(),
                        place.serviceSubset(),
                        or(place.namespace(), ChainQuestion.NAMESPACE),
                        "default",
                        "",
                        place.peer());
        return seen.computeIfAbsent(ChainTarget.id(whole), id -> ChainTarget.at(whole, question.trustDomain()));
    }

    void keep(ChainTarget target) {
        kept.put(target.id(), target);
    }

    SortedMap<String, ChainTarget> kept() {
        return kept;
    }

    private static String or(String text, String other) {
        return text.isEmpty() ? other : text;
    }
}
