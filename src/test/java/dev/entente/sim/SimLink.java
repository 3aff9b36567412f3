package dev.entente.sim;

import dev.entente.domain.stream.Role;
import dev.entente.domain.stream.StreamMessage;
import dev.entente.engine.port.StreamEnd;
import dev.entente.engine.port.StreamLink;
import dev.entente.engine.port.StreamListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One end of a stream. Like the real transport it delivers in order, only what was asked for, and an end only after the messages
 * before it; a cancellation may overtake messages that nobody has asked for yet.
 */
final class SimLink implements StreamLink {
    private static final int WINDOW = 16;

    private final SimWorld world;
    private final SimProcess process;
    private final Role role;
    private final LinkWatch watch;
    private final SimPipe outward;
    private final Deque<StreamMessage> inbound = new ArrayDeque<>();
    private @Nullable SimLink other;
    private @Nullable StreamListener listener;
    private @Nullable Runnable ending;
    private int asked;
    private boolean full;
    private Phase phase = Phase.OPEN;

    private enum Phase {
        OPEN,
        /** We said that we send nothing more, and still listen. */
        HALF_CLOSED,
        OVER
    }

    SimLink(SimWorld world, SimProcess process, Role role, SimPipe outward, LinkWatch watch) {
        this.world = world;
        this.process = process;
        this.role = role;
        this.outward = outward;
        this.watch = watch;
    }

    void joined(SimLink otherEnd) {
        other = otherEnd;
    }

    /** The connection stands. */
    void listen(StreamListener heard) {
        listener = heard;
        tell(heard::onReady);
        deliver();
    }

    SimProcess process() {
        return process;
    }

    Role role() {
        return role;
    }

    SimPipe outward() {
        return outward;
    }

    LinkWatch watch() {
        return watch;
    }

    boolean isOver() {
        return phase == Phase.OVER;
    }

    @Override
    public void send(StreamMessage message) {
        watch.sends(message);
        if (phase == Phase.OPEN) {
            outward.push(() -> other().arrived(message));
            full = !isReady();
        }
    }

    @Override
    public boolean isReady() {
        return phase == Phase.OPEN
                && listener != null
                && outward.underWay() + other().inbound.size() < WINDOW;
    }

    @Override
    public void request() {
        asked++;
        deliver();
    }

    @Override
    public void complete() {
        watch.ends();
        if (phase != Phase.OPEN) {
            return;
        }
        phase = role == Role.DIALER ? Phase.HALF_CLOSED : Phase.OVER;
        outward.push(() -> other().endArrived(() -> other().heardEnd()));
    }

    @Override
    public void fail(StreamEnd end) {
        watch.ends();
        if (phase == Phase.OVER) {
            return;
        }
        phase = Phase.OVER;
        if (role == Role.DIALER) {
            outward.push(() -> other().cancelled());
        } else {
            outward.push(() -> other().endArrived(() -> other().heardFailure(end)));
        }
    }

    /** The connection is gone, and this end notices. */
    void broken(String why) {
        if (phase != Phase.OVER && listener != null) {
            heardFailure(new StreamEnd(StreamEnd.UNAVAILABLE, why));
        }
    }

    private void cancelled() {
        if (world.chance(0.5)) {
            inbound.clear();
        }
        endArrived(() -> heardFailure(new StreamEnd(1, "the dialer cancelled the stream")));
    }

    private void endArrived(Runnable told) {
        if (ending == null) {
            ending = told;
            deliver();
        }
    }

    private void heardEnd() {
        if (role == Role.DIALER) {
            phase = Phase.OVER;
        }
        tell(() -> {
            watch.hearsEnd();
            Objects.requireNonNull(listener).onEnd();
        });
    }

    private void heardFailure(StreamEnd end) {
        phase = Phase.OVER;
        tell(() -> {
            watch.hearsEnd();
            Objects.requireNonNull(listener).onFailure(end);
        });
    }

    private void arrived(StreamMessage message) {
        inbound.add(message);
        deliver();
    }

    private void deliver() {
        if (phase == Phase.OVER || listener == null || !process.isAlive()) {
            return;
        }
        while (asked > 0 && !inbound.isEmpty()) {
            asked--;
            StreamMessage message = inbound.remove();
            tell(() -> {
                watch.receives(message);
                Objects.requireNonNull(listener).onMessage(message);
            });
            other().roomMade();
        }
        Runnable told = ending;
        if (inbound.isEmpty() && told != null) {
            ending = () -> {};
            told.run();
        }
    }

    private void roomMade() {
        StreamListener hearing = listener;
        if (full && hearing != null && isReady()) {
            full = false;
            tell(hearing::onReady);
        }
    }

    private void tell(Runnable call) {
        process.run("transport", call);
    }

    private SimLink other() {
        return Objects.requireNonNull(other);
    }
}
