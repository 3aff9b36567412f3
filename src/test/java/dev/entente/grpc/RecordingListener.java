package dev.entente.grpc;

import dev.entente.domain.stream.StreamMessage;
import dev.entente.engine.port.StreamEnd;
import dev.entente.engine.port.StreamListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Remembers what a stream told. */
final class RecordingListener implements StreamListener {
    final List<StreamMessage> messages = new CopyOnWriteArrayList<>();
    final List<StreamEnd> failures = new CopyOnWriteArrayList<>();
    final AtomicInteger ends = new AtomicInteger();
    final AtomicInteger readies = new AtomicInteger();

    @Override
    public void onMessage(StreamMessage message) {
        messages.add(message);
    }

    @Override
    public void onReady() {
        readies.incrementAndGet();
    }

    @Override
    public void onEnd() {
        ends.incrementAndGet();
    }

    @Override
    public void onFailure(StreamEnd end) {
        failures.add(end);
    }

    List<StreamMessage> awaitMessages(int count) {
        await(() -> messages.size() >= count);
        return messages;
    }

    StreamEnd awaitFailure() {
        await(() -> !failures.isEmpty());
        return failures.get(0);
    }

    static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(20))
                .until(condition);
    }
}
