package dev.entente.engine.replication;

import dev.entente.domain.identity.Secret;
import dev.entente.domain.stream.Session;
import dev.entente.domain.stream.StreamEvent;
import dev.entente.engine.port.EventLoops;
import dev.entente.engine.port.StreamAcceptor;
import dev.entente.engine.port.StreamLink;
import dev.entente.engine.port.StreamListener;
import io.smallrye.mutiny.Uni;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.BiFunction;

/** The streams that others open to this replica; each runs on an event loop of its own choice. */
public final class StreamSessions implements StreamAcceptor {
    private final Replication common;
    private final EventLoops loops;
    private final Admission admission;
    private final BiFunction<String, Secret, Uni<Secret>> exchange;
    private final Set<StreamDriver> live = new CopyOnWriteArraySet<>();

    /** Secrets are traded by {@code exchange}; who may open a stream is decided by {@code admission}. */
    public StreamSessions(
            Replication common,
            EventLoops loops,
            Admission admission,
            BiFunction<String, Secret, Uni<Secret>> exchange) {
        this.common = common;
        this.loops = loops;
        this.admission = admission;
        this.exchange = exchange;
    }

    @Override
    public StreamListener accept(StreamLink link) {
        AcceptedStream accepted = new AcceptedStream(common, admission, live::remove);
        StreamDriver driver = new StreamDriver(loops.next(), common, accepted);
        accepted.drivenBy(driver);
        live.add(driver);
        driver.start(
                link,
                Session.accepting(
                        common.settings().stream(), common.ports().clock().now()));
        return driver;
    }

    @Override
    public Uni<Secret> exchangeSecret(String peerId, Secret establishment) {
        return exchange.apply(peerId, establishment);
    }

    /** Ends all streams so that their dialers try another replica at once. The streams end soon after. */
    public void stop() {
        live.forEach(driver -> driver.post(new StreamEvent.Stop()));
    }

    /** How many streams have not ended. */
    public int liveStreams() {
        return live.size();
    }
}
