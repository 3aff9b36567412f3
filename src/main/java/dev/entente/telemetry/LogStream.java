package dev.entente.telemetry;

import dev.entente.engine.port.LogLines;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;

/**
 * The log of this process for those who follow it. While somebody asks for more than the configured level, our own loggers say more;
 * the console goes on with what was configured.
 */
public final class LogStream extends Handler implements LogLines {
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger OURS = Logger.getLogger("dev.entente");

    private final Map<Following, Follower> followers = new ConcurrentHashMap<>();
    private volatile Level configured;

    private record Follower(Level level, LogLine line, Consumer<String> listener) {}

    public LogStream(Level configured) {
        this.configured = configured;
    }

    /** Sets the console to one JSON object a line. */
    public static void writeJson() {
        for (Handler handler : ROOT.getHandlers()) {
            format(handler);
        }
    }

    private static void format(Handler handler) {
        handler.setFormatter(new LogLine(true));
        if (handler instanceof ExtHandler outer) {
            for (Handler inner : outer.getHandlers()) {
                format(inner);
            }
        }
    }

    /** Another level from now on, for the console and for our own loggers. */
    public synchronized void configure(Level level) {
        configured = level;
        adjust();
    }

    @Override
    public synchronized Following follow(Level level, boolean json, Consumer<String> listener) {
        Following following = new Following() {
            @Override
            public void close() {
                end(this);
            }
        };
        if (followers.isEmpty()) {
            ROOT.addHandler(this);
        }
        followers.put(following, new Follower(level, new LogLine(json), listener));
        adjust();
        return following;
    }

    private synchronized void end(Following following) {
        if (followers.remove(following) != null && followers.isEmpty()) {
            ROOT.removeHandler(this);
        }
        adjust();
    }

    private void adjust() {
        Level lowest = followers.values().stream()
                .map(Follower::level)
                .reduce(configured, (one, other) -> one.compareTo(other) <= 0 ? one : other);
        for (Handler handler : ROOT.getHandlers()) {
            if (handler != this) {
                restrict(handler);
            }
        }
        OURS.setLevel(own(lowest));
    }

    /** Only what was configured reaches the console. */
    private void restrict(Handler handler) {
        if (handler instanceof ExtHandler outer && outer.getHandlers().length > 0) {
            for (Handler inner : outer.getHandlers()) {
                restrict(inner);
            }
        } else {
            handler.setLevel(own(configured));
        }
    }

    @Override
    public void publish(LogRecord entry) {
        followers.values().forEach(follower -> {
            if (entry.getLevel().intValue() >= own(follower.level()).intValue()) {
                follower.listener().accept(follower.line().of(entry));
            }
        });
    }

    private static java.util.logging.Level own(Level level) {
        return switch (level) {
            case TRACE -> java.util.logging.Level.FINER;
            case DEBUG -> java.util.logging.Level.FINE;
            case INFO -> java.util.logging.Level.INFO;
            case WARN -> java.util.logging.Level.WARNING;
            case ERROR -> java.util.logging.Level.SEVERE;
        };
    }

    @Override
    public void flush() {
        // Lines are handed on at once.
    }

    @Override
    public void close() {
        followers.clear();
    }
}
