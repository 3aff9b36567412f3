package dev.entente.domain.stream;

import dev.entente.domain.export.SyntheticProxy;
import dev.entente.domain.stream.StreamMessage.Payload;
import dev.entente.domain.stream.StreamMessage.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What we owe the peer (protocol chapter 3.4): for each resource at most one unsent state, the newest.
 *
 * <p>Overflow rule: newest replaces older. A peer that reads slowly therefore never has more waiting for it than there are
 * resources, and it may not see the states in between. What equals the state sent last is not sent again.
 *
 * @param waiting unsent states by kind and resource id
 * @param sent the state sent last, by kind and resource id; forgotten for names that left the exported set
 * @param current the resource ids of the exported set
 * @param lastNonce the number of the last response
 * @param room how many instances more may go out before the transport is asked again; the last message may go beyond it
 */
record Outbox(
        Map<Kind, Map<String, Resource>> waiting,
        Map<Kind, Map<String, Resource>> sent,
        Set<String> current,
        long lastNonce,
        int room) {

    /** The kinds of resource in the order in which they go out (protocol chapter 3.4). */
    enum Kind {
        ADDRESSES(ResourceType.SERVER_ADDRESSES, ResourceType.SERVER_ADDRESSES),
        BUNDLE(ResourceType.TRUST_BUNDLE, ResourceType.TRUST_BUNDLE),
        SYNTHETIC(ResourceType.EXPORTED_SERVICE, ResourceType.EXPORTED_SERVICE),
        /** The subscription to the services is what opens the list, too. */
        LIST(ResourceType.EXPORTED_SERVICE_LIST, ResourceType.EXPORTED_SERVICE),
        SERVICE(ResourceType.EXPORTED_SERVICE, ResourceType.EXPORTED_SERVICE),
        /** Proxies of names that are not listed. The peer forgets them with each list, so they follow it (protocol chapter 4.3). */
        UNLISTED(ResourceType.EXPORTED_SERVICE, ResourceType.EXPORTED_SERVICE);

        private final ResourceType type;
        private final ResourceType gate;

        Kind(ResourceType type, ResourceType gate) {
            this.type = type;
            this.gate = gate;
        }
    }

    /** What goes out now, and what remains. */
    record Drained(Outbox next, List<Response> responses) {}

    static final Outbox EMPTY = new Outbox(Map.of(), Map.of(), Set.of(), 0, 0);

    private static final String LIST_ID = "exported-service-list";
    private static final String BUNDLE_ID = "roots";
    private static final String ADDRESSES_ID = "server-addrs";
    private static final Resource NO_INSTANCES = new Resource.ExportedService(List.of());
    private static final int UPSERT = 1;

    Outbox bundle(Resource.Bundle bundle) {
        return changed(draft -> draft.offer(Kind.BUNDLE, BUNDLE_ID, bundle));
    }

    Outbox addresses(Resource.ServerAddresses addresses) {
        if (addresses.addresses().isEmpty()) {
            return this;
        }
        return changed(draft -> draft.offer(Kind.ADDRESSES, ADDRESSES_ID, addresses));
    }

    /** States of services; those that are not exported are passed over. */
    Outbox services(Map<String, Resource.ExportedService> services) {
        return changed(draft -> services.forEach((name, state) -> {
            if (current.contains(name)) {
                draft.offer(Kind.SERVICE, name, state);
            }
        }));
    }

    /** A new exported set: what left it is withdrawn, what is new in it goes out in full. */
    Outbox exports(Exports exports) {
        Set<String> listed = new HashSet<>(exports.names());
        Set<String> next = new HashSet<>(listed);
        next.addAll(exports.synthetic().keySet());
        Resource list = new Resource.ExportedServiceList(exports.names());
        Draft draft = new Draft(this);
        draft.withdrawProxies(exports.synthetic().keySet());
        draft.retainServices(next);
        if (!list.equals(draft.sent(Kind.LIST).get(LIST_ID))) {
            draft.forgetUnlisted();
        }
        exports.synthetic()
                .forEach((id, state) -> draft.offerProxy(listed.contains(SyntheticProxy.serviceOf(id)), id, state));
        draft.offer(Kind.LIST, LIST_ID, list);
        exports.services().forEach((name, state) -> draft.offer(Kind.SERVICE, name, state));
        return draft.toOutbox(Collections.unmodifiableSet(next));
    }

    Outbox withRoom(int newRoom) {
        return new Outbox(waiting, sent, current, lastNonce, newRoom);
    }

    /** Takes out what the peer has subscribed to, as far as there is room. */
    Drained drain(Set<ResourceType> subscribed) {
        if (room <= 0 || waiting.values().stream().allMatch(Map::isEmpty)) {
            return new Drained(this, List.of());
        }
        Draft draft = new Draft(this);
        List<Response> responses = new ArrayList<>();
        int left = room;
        for (Kind kind : Kind.values()) {
            if (subscribed.contains(kind.gate)) {
                left = draft.take(kind, left, lastNonce, responses);
            }
        }
        Outbox next = draft.toOutbox(current);
        return new Drained(new Outbox(next.waiting, next.sent, current, lastNonce + responses.size(), left), responses);
    }

    private Outbox changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.toOutbox(current);
    }

    /** A copy that is worked on while one event is handled; only the parts that are touched are copied. */
    private static final class Draft {
        private final Outbox origin;
        private final Map<Kind, Map<String, Resource>> waiting = new EnumMap<>(Kind.class);
        private final Map<Kind, Map<String, Resource>> sent = new EnumMap<>(Kind.class);

        Draft(Outbox origin) {
            this.origin = origin;
        }

        void offer(Kind kind, String id, Resource state) {
            if (state.equals(sent(kind).get(id))) {
                waiting(kind).remove(id);
            } else {
                waiting(kind).put(id, state);
            }
        }

        /** A proxy of a listed service goes before the list, another one after it; and it may change from one to the other. */
        void offerProxy(boolean isListed, String id, Resource state) {
            Kind kind = isListed ? Kind.SYNTHETIC : Kind.UNLISTED;
            Kind other = isListed ? Kind.UNLISTED : Kind.SYNTHETIC;
            waiting(other).remove(id);
            sent(other).remove(id);
            offer(kind, id, state);
        }

        /** A new list makes the peer forget them; one that is known as empty needs no word more. */
        void forgetUnlisted() {
            sent(Kind.UNLISTED).values().removeIf(state -> !state.equals(NO_INSTANCES));
        }

        /** A proxy that the peer knows instances of is emptied; one that it knows as empty, or not at all, needs no word. */
        void withdrawProxies(Set<String> next) {
            for (Kind kind : List.of(Kind.SYNTHETIC, Kind.UNLISTED)) {
                waiting(kind).keySet().retainAll(next);
                sent(kind).forEach((id, state) -> {
                    if (!next.contains(id) && !state.equals(NO_INSTANCES)) {
                        waiting(kind).put(id, NO_INSTANCES);
                    }
                });
                sent(kind)
                        .keySet()
                        .removeIf(id -> !next.contains(id) && !waiting(kind).containsKey(id));
            }
        }

        void retainServices(Set<String> next) {
            waiting(Kind.SERVICE).keySet().retainAll(next);
            sent(Kind.SERVICE).keySet().retainAll(next);
        }

        int take(Kind kind, int room, long lastNonce, List<Response> responses) {
            var states = waiting(kind).entrySet().iterator();
            int left = room;
            while (left > 0 && states.hasNext()) {
                Map.Entry<String, Resource> state = states.next();
                responses.add(response(kind, state, lastNonce + responses.size() + 1));
                remember(kind, state);
                left -= weight(state.getValue());
                states.remove();
            }
            return left;
        }

        private static int weight(Resource state) {
            return state instanceof Resource.ExportedService service
                    ? Math.max(1, service.instances().size())
                    : 1;
        }

        /** The last word on a name that is no longer exported is not remembered, so that it is sent in full if it returns. */
        private void remember(Kind kind, Map.Entry<String, Resource> state) {
            if (isProxy(kind) && !origin.current.contains(state.getKey())) {
                sent(kind).remove(state.getKey());
            } else {
                sent(kind).put(state.getKey(), state.getValue());
            }
        }

        private static boolean isProxy(Kind kind) {
            return kind == Kind.SYNTHETIC || kind == Kind.UNLISTED;
        }

        private static Response response(Kind kind, Map.Entry<String, Resource> state, long number) {
            String url = kind.type.url();
            return new Response(
                    String.format("%08x", number), url, state.getKey(), UPSERT, new Payload(url, state.getValue()));
        }

        private Map<String, Resource> waiting(Kind kind) {
            return waiting.computeIfAbsent(
                    kind, key -> new LinkedHashMap<>(origin.waiting.getOrDefault(key, Map.of())));
        }

        private Map<String, Resource> sent(Kind kind) {
            return sent.computeIfAbsent(kind, key -> new HashMap<>(origin.sent.getOrDefault(key, Map.of())));
        }

        Outbox toOutbox(Set<String> current) {
            return new Outbox(
                    merged(origin.waiting, waiting), merged(origin.sent, sent), current, origin.lastNonce, origin.room);
        }

        private static Map<Kind, Map<String, Resource>> merged(
                Map<Kind, Map<String, Resource>> before, Map<Kind, Map<String, Resource>> touched) {
            Map<Kind, Map<String, Resource>> merged = new EnumMap<>(Kind.class);
            merged.putAll(before);
            touched.forEach((kind, states) -> merged.put(kind, Collections.unmodifiableMap(states)));
            return Collections.unmodifiableMap(merged);
        }
    }
}
