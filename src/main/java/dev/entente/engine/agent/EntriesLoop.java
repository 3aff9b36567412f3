package dev.entente.engine.agent;

import dev.entente.domain.config.ProxyDefaultsEntry;
import dev.entente.domain.config.ServiceDefaultsEntry;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.view.PassLoop;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.View;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps what entries say of this node's proxies in the catalog, as a Consul agent does for what is registered with it: when an entry
 * changes, and every few seconds for what was registered in the same moment or could not be written. It begins with what was
 * registered, so it ends when that is done; its own writes change no entry and do not wake it.
 */
public final class EntriesLoop {
    private static final Set<Topic> ENTRIES =
            Set.of(Topic.configKind(ServiceDefaultsEntry.KIND), Topic.configKind(ProxyDefaultsEntry.KIND));

    private final OwnNodeStore own;
    private final View view;
    private final PassLoop passes;

    /**
     * @param troubles hears why a pass failed; it is repeated anyway
     */
    public EntriesLoop(OwnNodeStore own, View view, EventLoop loop, Consumer<Throwable> troubles) {
        this.own = own;
        this.view = view;
        this.passes = new PassLoop(ENTRIES, this::everywhere, view, loop, troubles);
    }

    /** Begins; the name of this node has to be ours. */
    public void start() {
        passes.start();
    }

    /** Writes nothing more. */
    public void stop() {
        passes.stop();
    }

    private Uni<Void> everywhere() {
        return Multi.createFrom()
                .iterable(view.partitions())
                .onItem()
                .transformToUniAndConcatenate(own::followEntries)
                .onItem()
                .ignoreAsUni();
    }
}
