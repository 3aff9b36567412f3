package dev.entente.engine.replication;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.view.View;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The export feeds of all partitions; each is begun by its first listener and kept. */
public final class ExportFeeds implements AutoCloseable {
    private final View view;
    private final EventLoop loop;
    private final LocalCluster cluster;
    private final Map<PartitionName, ExportFeed> feeds = new ConcurrentHashMap<>();

    /** The feeds do their work on the given loop. */
    public ExportFeeds(View view, EventLoop loop, LocalCluster cluster) {
        this.view = view;
        this.loop = loop;
        this.cluster = cluster;
    }

    /** Tells a listener what the peer should know, now and after each change, until the subscription is closed. */
    View.Watch subscribe(PartitionName partition, PeerName peer, ExportListener listener) {
        return feeds.computeIfAbsent(partition, name -> new ExportFeed(view, name, loop, cluster))
                .subscribe(peer, listener);
    }

    @Override
    public void close() {
        feeds.values().forEach(ExportFeed::close);
        feeds.clear();
    }
}
