package dev.entente.engine.port;

/** Gives out event loops; each call may give another of them. */
@FunctionalInterface
public interface EventLoops {
    EventLoop next();
}
