package dev.entente.engine.replication;

import dev.entente.domain.identity.Secret;
import dev.entente.domain.stream.StreamMessage;
import dev.entente.engine.port.DialTarget;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.PeerDialer;
import dev.entente.engine.port.StreamEnd;
import dev.entente.engine.port.StreamLink;
import dev.entente.engine.port.StreamListener;
import dev.entente.fake.InMemoryStreamLink;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who listens at which address, and the streams between them. */
final class TestNetwork implements PeerDialer {
    private final EventLoop loop;
    private final Map<String, StreamSessions> listening = new HashMap<>();
    /** The dialers' ends of all streams, oldest first. */
    final List<InMemoryStreamLink> dialed = new ArrayList<>();
    /** The acceptors' ends of all streams, oldest first. */
    final List<InMemoryStreamLink> accepted = new ArrayList<>();
    /** The addresses that were tried, oldest first. */
    final List<String> attempts = new ArrayList<>();

    TestNetwork(EventLoop loop) {
        this.loop = loop;
    }

    void listen(String address, StreamSessions sessions) {
        listening.put(address, sessions);
    }

    void silence(String address) {
        listening.remove(address);
    }

    @Override
    public Uni<Secret> exchangeSecret(DialTarget target, String peerId, Secret establishment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StreamLink open(DialTarget target, StreamListener listener) {
        attempts.add(target.address());
        List<InMemoryStreamLink> ends = InMemoryStreamLink.pair(loop);
        StreamSessions acceptor = listening.get(target.address());
        if (acceptor == null) {
            loop.execute(() -> listener.onFailure(new StreamEnd(StreamEnd.UNAVAILABLE, "connection refused")));
            return new Unconnected();
        }
        dialed.add(ends.get(0));
        accepted.add(ends.get(1));
        ends.get(1).listen(acceptor.accept(ends.get(1)));
        ends.get(0).listen(listener);
        return new Connecting(ends.get(0));
    }

    InMemoryStreamLink lastDialed() {
        return dialed.get(dialed.size() - 1);
    }

    InMemoryStreamLink lastAccepted() {
        return accepted.get(accepted.size() - 1);
    }

    /** A connection that never stood. */
    private static final class Unconnected implements StreamLink {
        @Override
        public void send(StreamMessage message) {}

        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public void request() {}

        @Override
        public void complete() {}

        @Override
        public void fail(StreamEnd end) {}
    }

    /** A stream is not ready at the moment when it is opened. */
    private static final class Connecting implements StreamLink {
        private final InMemoryStreamLink link;
        private int asked;

        private Connecting(InMemoryStreamLink link) {
            this.link = link;
        }

        @Override
        public void send(StreamMessage message) {
            link.send(message);
        }

        @Override
        public boolean isReady() {
            return asked++ > 0 && link.isReady();
        }

        @Override
        public void request() {
            link.request();
        }

        @Override
        public void complete() {
            link.complete();
        }

        @Override
        public void fail(StreamEnd end) {
            link.fail(end);
        }
    }
}
