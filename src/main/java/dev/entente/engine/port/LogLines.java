package dev.entente.engine.port;

import java.util.function.Consumer;

/** Lets somebody follow what this process logs. */
public interface LogLines {

    /** From the most talkative to the quietest. */
    enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /**
     * Gives each line of this level or above to the listener, from the thread that logs: it must only hand over. Ends when closed.
     *
     * @param json whether lines are JSON objects
     */
    Following follow(Level level, boolean json, Consumer<String> listener);

    /** Ends the following. */
    interface Following extends AutoCloseable {
        @Override
        void close();
    }
}
