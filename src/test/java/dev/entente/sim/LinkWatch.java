package dev.entente.sim;

import dev.entente.domain.identity.PeerName;
import dev.entente.domain.stream.Resource;
import dev.entente.domain.stream.ResourceType;
import dev.entente.domain.stream.Role;
import dev.entente.domain.stream.StreamMessage;
import dev.entente.domain.stream.StreamMessage.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Looks at one end of one stream: what it says must follow from what it has heard and stored (protocol chapters 3.4, 3.5, 3.7 and
 * 3.10).
 */
final class LinkWatch implements StreamMessage.Handler<Boolean> {
    /** Within this time an end has dealt with what it was told. */
    private static final long DEALT_WITH = Duration.ofMillis(10).toNanos();

    private final SimWorld world;
    private final SimProcess process;
    private final SimCluster cluster;
    private final PeerName peer;
    private final Role role;
    private final int number;
    private final Set<String> heardSubscriptions = new HashSet<>();
    private final Deque<Heard> unanswered = new ArrayDeque<>();
    private String peerId = "";
    private long lastNonce;
    private boolean running;
    private boolean over;
    /** It has said its last word itself. */
    private boolean parted;
    /** It has heard the other's last word. */
    private long silentFrom = Long.MAX_VALUE;

    /** A response that arrived, and when. */
    record Heard(Response response, long event) {}

    LinkWatch(SimCluster cluster, SimProcess process, PeerName peer, Role role, int number) {
        this.world = cluster.world();
        this.process = process;
        this.cluster = cluster;
        this.peer = peer;
        this.role = role;
        this.number = number;
    }

    /** Whether it counts as a stream of its peering: begun, and neither ended nor parted from. */
    boolean isLive() {
        return running && !over && process.isAlive() && !process.isDazed();
    }

    boolean isSameSideAs(LinkWatch that) {
        return role == that.role && cluster == that.cluster && peerId.equals(that.peerId);
    }

    PeerName peer() {
        return peer;
    }

    SimCluster cluster() {
        return cluster;
    }

    Role role() {
        return role;
    }

    /** The id that the Open names: the acceptor's. */
    String peerId() {
        return peerId;
    }

    void sends(StreamMessage message) {
        world.note("sends", this, brief(message));
        if (parted || world.nanoTime() > silentFrom) {
            world.violated(this + " says something after the end: " + brief(message));
        }
        message.handle(this);
    }

    void receives(StreamMessage message) {
        world.note("hears", this, brief(message));
        if (message instanceof StreamMessage.Open open) {
            peerId = open.peerId();
        } else if (message instanceof StreamMessage.Request request) {
            heardSubscriptions.add(request.resourceUrl());
        } else if (message instanceof Response response) {
            unanswered.add(new Heard(response, world.events()));
        } else if (message instanceof StreamMessage.Terminated) {
            over = true;
            silentFrom = Math.min(silentFrom, world.nanoTime() + DEALT_WITH);
        }
    }

    /** This end ends the stream, or its direction of it. */
    void ends() {
        if (!over) {
            world.note("ends", this);
        }
        over = true;
        parted = true;
    }

    void hearsEnd() {
        world.note("hears the end", this);
        over = true;
    }

    @Override
    public Boolean open(StreamMessage.Open open) {
        peerId = open.peerId();
        return true;
    }

    @Override
    public Boolean request(StreamMessage.Request request) {
        if (request.responseNonce().isEmpty()) {
            begins();
            return true;
        }
        Heard asked = unanswered.poll();
        if (asked == null
                || !asked.response().nonce().equals(request.responseNonce())
                || !asked.response().resourceUrl().equals(request.resourceUrl())) {
            world.violated(this + " answers " + request.responseNonce() + ", which is not the next to be answered");
        } else if (request.error() == null) {
            cluster.audit().acknowledged(this, asked);
        }
        return true;
    }

    private void begins() {
        if (!running) {
            running = true;
            cluster.network().began(this);
        }
    }

    @Override
    public Boolean response(Response response) {
        long nonce = Long.parseLong(response.nonce(), 16);
        if (nonce <= lastNonce) {
            world.violated(this + " uses nonce " + response.nonce() + " after " + lastNonce);
        }
        lastNonce = nonce;
        if (!heardSubscriptions.contains(gateOf(response.resourceUrl()))) {
            world.violated(this + " sends what nobody subscribed to: " + brief(response));
        }
        StreamMessage.Payload payload = response.payload();
        if (payload == null || !payload.typeUrl().equals(response.resourceUrl())) {
            world.violated(this + " sends a payload of another type: " + brief(response));
        } else if (payload.resource() instanceof Resource.ExportedService service
                && service.instances().stream().anyMatch(LinkWatch::isNameless)) {
            world.violated(this + " sends something without a name: " + brief(response));
        }
        return true;
    }

    /** The subscription to services is what opens the list, too (protocol chapter 3.4). */
    private static String gateOf(String url) {
        return url.equals(ResourceType.EXPORTED_SERVICE_LIST.url()) ? ResourceType.EXPORTED_SERVICE.url() : url;
    }

    private static boolean isNameless(dev.entente.domain.catalog.ImportedInstance instance) {
        return instance.node().name().isEmpty()
                || instance.service().id().isEmpty()
                || instance.checks().stream().anyMatch(check -> check.id().isEmpty());
    }

    @Override
    public Boolean terminated() {
        over = true;
        parted = true;
        return true;
    }

    @Override
    public Boolean heartbeat() {
        return true;
    }

    @Override
    public Boolean unknown() {
        return true;
    }

    private static Object brief(StreamMessage message) {
        return new Brief(message);
    }

    /** Written out only when it is read. */
    private record Brief(StreamMessage message) {
        @Override
        public String toString() {
            if (message instanceof Response response) {
                return "response " + response.nonce() + " " + response.resourceId() + content(response);
            }
            if (message instanceof StreamMessage.Request request) {
                String url =
                        request.resourceUrl().substring(request.resourceUrl().lastIndexOf('.') + 1);
                return request.responseNonce().isEmpty()
                        ? "subscription " + url
                        : (request.error() == null ? "ACK " : "NACK ") + request.responseNonce() + " " + url;
            }
            return message.getClass().getSimpleName();
        }

        private static String content(Response response) {
            StreamMessage.Payload payload = response.payload();
            if (payload != null && payload.resource() instanceof Resource.ExportedServiceList list) {
                return " " + list.services();
            }
            return payload != null && payload.resource() instanceof Resource.ExportedService service
                    ? " " + service.instances().size()
                    : "";
        }
    }

    @Override
    public String toString() {
        return process + (role == Role.DIALER ? "=>" : "<=") + peer.value() + "#" + number;
    }
}
