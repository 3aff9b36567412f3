package dev.entente.engine.port;

import java.util.concurrent.Executor;

/** Gives out event loops; each call may give another of them. */
@FunctionalInterface
public interface EventLoops {
    EventLoop next();

    /** One with a thread of its own, for work whose parts may each take longer than those who share a loop can spare. */
    default EventLoop alone(String name) {
        return next();
    }

    /** Threads beside the event loops, for what takes longer than a loop can spare; where there are none it is done here and now. */
    default Executor aside() {
        return Runnable::run;
    }
}
