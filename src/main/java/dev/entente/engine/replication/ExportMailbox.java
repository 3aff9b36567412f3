package dev.entente.engine.replication;

import dev.entente.domain.stream.Exports;
import dev.entente.domain.stream.Resource;
import dev.entente.domain.stream.StreamEvent;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.StreamLink;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hands changes of exports from the feed's loop to a session's. A session that is busy gets the newest of each, never a backlog:
 * what it has not taken yet is replaced. Bounded by the number of exported services.
 */
final class ExportMailbox implements ExportListener {
    private final EventLoop loop;
    private final Consumer<StreamEvent> handler;
    private final Function<Collection<Resource>, Optional<Uni<Void>>> preparation;
    private @Nullable Exports exports;
    private Map<String, Resource.ExportedService> services = new HashMap<>();
    private Resource.@Nullable Bundle bundle;
    private Resource.@Nullable ServerAddresses addresses;
    private boolean scheduled;

    /**
     * Hands over on the loop given.
     *
     * @param preparation makes large payloads ready to be sent, as {@link StreamLink#preparation} does
     */
    ExportMailbox(
            EventLoop loop,
            Consumer<StreamEvent> handler,
            Function<Collection<Resource>, Optional<Uni<Void>>> preparation) {
        this.loop = loop;
        this.handler = handler;
        this.preparation = preparation;
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
            loop.execute(() -> deliver(taken()));
        }
    }

    /** What comes while large payloads are made ready stays here, and is handed over after them. */
    private void deliver(Taken taken) {
        preparation
                .apply(taken.payloads())
                .ifPresentOrElse(
                        prepared -> new LoopCalls(loop)
                                .ask(prepared, done -> handOver(taken.events()), failure -> handOver(taken.events())),
                        () -> handOver(taken.events()));
    }

    private void handOver(List<StreamEvent> events) {
        delivered();
        events.forEach(handler);
    }

    private synchronized void delivered() {
        scheduled = false;
        if (exports != null || bundle != null || addresses != null || !services.isEmpty()) {
            schedule();
        }
    }

    /** What goes to the session at once. */
    private record Taken(List<StreamEvent> events, Collection<Resource> payloads) {}

    private synchronized Taken taken() {
        List<Resource> payloads = new ArrayList<>(services.values());
        if (exports != null) {
            payloads.addAll(exports.services().values());
        }
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
        return new Taken(events, payloads);
    }
}
