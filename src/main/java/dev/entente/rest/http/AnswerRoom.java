package dev.entente.rest.http;

import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.engine.port.EventLoop;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The memory for large answers: how many bytes of them are being made, or not yet taken by their clients. Who finds it full waits, one
 * after the other, and is refused after a while; whoever leaves gives his bytes to the first who waits. Used from any thread.
 */
public final class AnswerRoom {
    /** Each has what it will show in its hands. */
    private static final int MOST_WAITING = 256;
    /** Of the room; what is added for answers that never wait. */
    private static final int BESIDE = 4;

    private final long size;
    private final Duration patience;
    private final EventLoop timers;
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private long held;
    private long heldBeside;

    public AnswerRoom(long size, Duration patience, EventLoop timers) {
        this.size = size;
        this.patience = patience;
        this.timers = timers;
    }

    /** Some bytes of the room. */
    final class Space {
        private final boolean beside;
        private long bytes;

        private Space(long bytes, boolean beside) {
            this.bytes = bytes;
            this.beside = beside;
        }

        /** It turned out to be more, or less. What is made is not thrown away, so this may be more than there is. */
        void resize(long newBytes) {
            List<Waiter> next;
            synchronized (AnswerRoom.this) {
                add(this, newBytes - bytes);
                bytes = newBytes;
                next = next();
            }
            next.forEach(Waiter::enter);
        }

        /** Gives the bytes back; a second time does nothing. */
        void leave() {
            resize(0);
        }
    }

    /** Room for an answer of about this size, when there is some. One that is larger than the room gets it when it is empty. */
    Uni<Space> enter(long bytes) {
        return Uni.createFrom().emitter(emitter -> begin(new Waiter(new Space(bytes, false), emitter)));
    }

    /** Room for an answer that is too small to wait and too large to be left uncounted; empty when there is none. */
    synchronized Optional<Space> enterBeside(long bytes) {
        if (heldBeside > 0 && heldBeside + bytes > size / BESIDE) {
            return Optional.empty();
        }
        Space space = new Space(bytes, true);
        add(space, bytes);
        return Optional.of(space);
    }

    /** How many bytes are held. */
    public synchronized long held() {
        return held + heldBeside;
    }

    /** How many answers wait to be made. */
    public synchronized int waiting() {
        return waiting.size();
    }

    static RefusedException full() {
        return new RefusedException(new Refusal(
                Refusal.Kind.EXHAUSTED,
                "Too many large answers are on their way to clients, try again later or against a different server"));
    }

    private void begin(Waiter waiter) {
        boolean enters;
        synchronized (this) {
            enters = waiting.isEmpty() && fits(waiter);
            if (enters) {
                add(waiter.space, waiter.space.bytes);
            } else if (waiting.size() < MOST_WAITING) {
                waiting.add(waiter);
                waiter.timer = timers.after(patience, () -> giveUp(waiter));
                return;
            }
        }
        if (enters) {
            waiter.enter();
        } else {
            waiter.emitter.fail(full());
        }
    }

    private boolean fits(Waiter waiter) {
        return held == 0 || held + waiter.space.bytes <= size;
    }

    /** Takes those from the queue for whom there is room; only the first is looked at, so that a very large answer gets its turn. */
    private List<Waiter> next() {
        List<Waiter> next = new ArrayList<>(1);
        for (Waiter first = waiting.peek(); first != null && fits(first); first = waiting.peek()) {
            waiting.remove();
            add(first.space, first.space.bytes);
            next.add(first);
        }
        return next;
    }

    private void add(Space space, long bytes) {
        if (space.beside) {
            heldBeside += bytes;
        } else {
            held += bytes;
        }
    }

    private void giveUp(Waiter waiter) {
        List<Waiter> next;
        synchronized (this) {
            if (!waiting.remove(waiter)) {
                return;
            }
            next = next();
        }
        waiter.emitter.fail(full());
        next.forEach(Waiter::enter);
    }

    private static final class Waiter {
        private final Space space;
        private final UniEmitter<? super Space> emitter;
        private EventLoop.Timer timer = () -> {};

        Waiter(Space space, UniEmitter<? super Space> emitter) {
            this.space = space;
            this.emitter = emitter;
        }

        void enter() {
            timer.cancel();
            emitter.complete(space);
        }
    }
}
