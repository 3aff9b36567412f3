package dev.entente.rest.http;

import dev.entente.rest.http.AnswerRoom.Space;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An answer that is made once for all who want it at the same time; its room is given back when the last of them has left. */
final class SharedAnswer {
    private final Uni<Answer> answer;
    private final Supplier<Answer> make;
    private @Nullable Space space;
    private int readers;
    private boolean isBeingMade;
    private boolean isOver;

    SharedAnswer(Uni<Space> room, Supplier<Answer> make, Executor threads) {
        this.make = make;
        this.answer = room.emitOn(threads).map(this::made).memoize().indefinitely();
    }

    /** One who wants the answer, until it has it or does not want it any more. */
    final class Reader implements Hold {
        private final AtomicBoolean left = new AtomicBoolean();
        private final Runnable last;

        private Reader(Runnable last) {
            this.last = last;
        }

        Uni<Answer> answer() {
            return answer.map(made -> made.heldBy(this));
        }

        @Override
        public void leave() {
            if (left.compareAndSet(false, true) && isLast()) {
                last.run();
            }
        }
    }

    /** One reader more, or null when all others have left; the last to leave says so. */
    synchronized @Nullable Reader join(Runnable last) {
        if (isOver) {
            return null;
        }
        readers++;
        return new Reader(last);
    }

    private synchronized boolean isLast() {
        readers--;
        isOver = readers == 0;
        giveBackWhenOver();
        return isOver;
    }

    private Answer made(Space entered) {
        begin(entered);
        try {
            Answer whole = make.get();
            end(whole.body().length);
            return whole;
        } catch (Throwable failure) {
            end(0);
            throw failure;
        }
    }

    private synchronized void begin(Space entered) {
        space = entered;
        isBeingMade = !isOver;
        giveBackWhenOver();
        if (isOver) {
            throw new CancellationException("nobody wants the answer any more");
        }
    }

    private synchronized void end(long bytes) {
        isBeingMade = false;
        if (space != null) {
            space.resize(bytes);
        }
        giveBackWhenOver();
    }

    /** While it is made the memory is in use, whoever has left. */
    private void giveBackWhenOver() {
        if (isOver && !isBeingMade && space != null) {
            space.leave();
        }
    }
}
