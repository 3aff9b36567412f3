package dev.entente.fake;

import dev.entente.domain.stream.Resource;
import dev.entente.domain.stream.StreamMessage;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.StreamEnd;
import dev.entente.engine.port.StreamLink;
import dev.entente.engine.port.StreamListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One end of a stream in memory. Like the real transport it delivers in order, only what was asked for, and an end only after the
 * messages before it.
 */
public final class InMemoryStreamLink implements StreamLink {
    private static final int WINDOW = 16;

    private final EventLoop loop;
    private final boolean dialer;
    private final Deque<StreamMessage> inbound = new ArrayDeque<>();
    /** Everything that was sent from this end. */
    private final List<StreamMessage> sent = new ArrayList<>();

    private @Nullable InMemoryStreamLink other;
    private @Nullable StreamListener listener;
    private @Nullable Runnable ending;
    private int asked;
    private boolean over;
    private boolean stalled;
    private int largest = Integer.MAX_VALUE;

    private InMemoryStreamLink(EventLoop loop, boolean dialer) {
        this.loop = loop;
        this.dialer = dialer;
    }

    /** Both ends of a stream, the dialer's first; {@link #listen} comes next. */
    public static List<InMemoryStreamLink> pair(EventLoop loop) {
        InMemoryStreamLink dialer = new InMemoryStreamLink(loop, true);
        InMemoryStreamLink acceptor = new InMemoryStreamLink(loop, false);
        dialer.other = acceptor;
        acceptor.other = dialer;
        return List.of(dialer, acceptor);
    }

    public void listen(StreamListener heard) {
        listener = heard;
        loop.execute(heard::onReady);
    }

    public List<StreamMessage> sent() {
        return sent;
    }

    /** The other side takes no services with more instances than this. */
    public void takeAtMost(int instances) {
        largest = instances;
    }

    @Override
    public boolean fits(StreamMessage message) {
        return !(message instanceof StreamMessage.Response response
                && response.payload() != null
                && response.payload().resource() instanceof Resource.ExportedService service
                && service.instances().size() > largest);
    }

    /** The other side does not read any more, until told otherwise. */
    public void stall(boolean nowStalled) {
        stalled = nowStalled;
        other().deliver();
        if (!nowStalled) {
            loop.execute(() -> heard().onReady());
        }
    }

    /** The connection breaks: both ends hear it. */
    public void cut() {
        StreamEnd end = new StreamEnd(StreamEnd.UNAVAILABLE, "connection reset");
        broken(end);
        other().broken(end);
    }

    @Override
    public void send(StreamMessage message) {
        if (!over) {
            sent.add(message);
            other().inbound.add(message);
            other().deliver();
        }
    }

    @Override
    public boolean isReady() {
        return !over && !stalled && other().inbound.size() < WINDOW;
    }

    @Override
    public void request() {
        asked++;
        deliver();
    }

    @Override
    public void complete() {
        endOther(() -> other().heard().onEnd());
    }

    @Override
    public void fail(StreamEnd end) {
        StreamEnd seen = dialer ? new StreamEnd(1, "cancelled") : end;
        endOther(() -> other().heard().onFailure(seen));
        over = true;
    }

    private void endOther(Runnable told) {
        if (!over) {
            other().ending = told;
            other().deliver();
            over = !dialer;
        }
    }

    private void broken(StreamEnd end) {
        if (!over) {
            over = true;
            inbound.clear();
            loop.execute(() -> heard().onFailure(end));
        }
    }

    private void deliver() {
        if (other().stalled) {
            return;
        }
        while (asked > 0 && !inbound.isEmpty()) {
            asked--;
            StreamMessage message = inbound.remove();
            loop.execute(() -> heard().onMessage(message));
            if (inbound.size() == WINDOW - 1) {
                loop.execute(() -> other().heard().onReady());
            }
        }
        Runnable told = ending;
        if (inbound.isEmpty() && told != null) {
            ending = null;
            loop.execute(told);
        }
    }

    private InMemoryStreamLink other() {
        return java.util.Objects.requireNonNull(other);
    }

    private StreamListener heard() {
        return java.util.Objects.requireNonNull(listener);
    }
}
