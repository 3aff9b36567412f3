package dev.entente.grpc;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads on which large messages are written and read: few, so that event loops keep the processors. */
final class LargeMessages {
    private static final long IDLE_SECONDS = 10;

    private LargeMessages() {}

    /** Each stream has at most one message to be read and one turn of messages to be written here, and streams are bounded. */
    static Executor threads() {
        int most = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                most,
                most,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory("large-messages", true));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
