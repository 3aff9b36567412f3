package dev.entente.engine.replication;

import dev.entente.domain.stream.Exports;
import dev.entente.domain.stream.Resource;
import dev.entente.domain.stream.StreamEvent;
import dev.entente.engine.port.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands changes of exports from the feed's loop to a session's. A session that is busy gets the newest of each, never a backlog:
 * what it has not taken yet is replaced. Bounded by the number of exported services.
 */
final class ExportMailbox implements ExportListener {
    private final EventLoop loop;
    private final Consumer<StreamEvent> handler;
    private @Nullable Exports exports;
    private Map<String, Resource.ExportedService> services = new HashMap<>();
    private Resource.@Nullable Bundle bundle;
    private Resource.@Nullable ServerAddresses addresses;
    private boolean scheduled;

    ExportMailbox(EventLoop loop, Consumer<StreamEvent> handler) {
        this.loop = loop;
        this.handler = handler;
    }

    /** A new set carries the newest payloads, so earlier changes of single services are in it. */
    @Override
    public synchronized void onExports(Exports newest) {
        exports = newest;
        services.clear();
        schedule();
    }

    @Override
    public synchronized void onServices(Map<String, Resource.ExportedService> newest) {
        services.putAll(newest);
        schedule();
    }

    @Override
    public synchronized void onBundle(Resource.Bundle newest) {
        bundle = newest;
        schedule();
    }

    @Override
    public synchronized void onAddresses(Resource.ServerAddresses newest) {
        addresses = newest;
        schedule();
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            loop.execute(() -> taken().forEach(handler));
        }
    }

    private synchronized List<StreamEvent> taken() {
        scheduled = false;
        List<StreamEvent> events = new ArrayList<>();
        if (addresses != null) {
            events.add(new StreamEvent.AddressesChanged(addresses));
        }
        if (bundle != null) {
            events.add(new StreamEvent.BundleChanged(bundle));
        }
        if (exports != null) {
            events.add(new StreamEvent.ExportsChanged(exports));
        }
        if (!services.isEmpty()) {
            events.add(new StreamEvent.ServicesChanged(services));
        }
        addresses = null;
        bundle = null;
        exports = null;
        services = new HashMap<>();
        return events;
    }
}
