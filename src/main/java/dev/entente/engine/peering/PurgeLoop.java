package dev.entente.engine.peering;

import dev.entente.engine.port.EventLoop;
import dev.entente.engine.view.PassLoop;
import dev.entente.engine.view.Topic;
import dev.entente.engine.view.View;
import java.util.Set;
import java.util.function.Consumer;

/** Runs the purge in the background: when peerings change, and every few seconds for what another replica did not finish. */
public final class PurgeLoop {
    private final PassLoop passes;

    /**
     * @param troubles hears why a pass failed; it is repeated anyway
     */
    public PurgeLoop(Purge purge, View view, EventLoop loop, Consumer<Throwable> troubles) {
        passes = new PassLoop(Set.of(Topic.of(Topic.Subject.PEERINGS, null)), purge::sweep, view, loop, troubles);
    }

    /** Begins to watch and to sweep. */
    public void start() {
        passes.start();
    }

    /** Ends soon; a pass under way is left where it is, to be continued by whoever comes next. */
    public void stop() {
        passes.stop();
    }
}
