package dev.entente.engine.replication;

import dev.entente.domain.stream.ImportOperation;
import dev.entente.engine.port.EventLoop;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Gives virtual addresses to what was stored while PostgreSQL was away, once it is back (protocol chapter 4.2).
 *
 * <p>PostgreSQL is asked beside the stores, which do not wait for it. What it has given is stored between them and never at the same
 * time, so that nothing older comes after something newer. All calls are on the stream's event loop.
 */
final class LateAddresses {
    private static final Duration BETWEEN_STORES = Duration.ofMillis(200);

    private final Imports imports;
    private final EventLoop loop;
    /** Stores end on the threads of their stores. */
    private final AtomicInteger storing = new AtomicInteger();

    private EventLoop.Timer timer = () -> {};
    private @Nullable Uni<Void> dressing;
    private Asking asking = Asking.NO;

    /** Whether somebody is already looking for addresses. */
    private enum Asking {
        NO,
        YES,
        CLOSED
    }

    LateAddresses(Imports imports, EventLoop loop) {
        this.imports = imports;
        this.loop = loop;
    }

    /** Waits for what is being given its addresses, whether that succeeds or not: a failure is dealt with where it was begun. */
    Uni<Void> store(ImportOperation operation) {
        storing.incrementAndGet();
        Uni<Void> before = dressing;
        Uni<Void> stored = before == null
                ? imports.store(operation)
                : before.onFailure().recoverWithNull().chain(() -> imports.store(operation));
        return stored.onTermination().invoke(this::stored);
    }

    void close() {
        asking = Asking.CLOSED;
        timer.cancel();
    }

    private void stored() {
        boolean lacking = imports.lacksAddresses();
        storing.decrementAndGet();
        if (lacking) {
            loop.execute(this::askLater);
        }
    }

    private void askLater() {
        if (asking == Asking.NO) {
            asking = Asking.YES;
            timer = loop.after(PeerAddresses.PAUSE, this::ask);
        }
    }

    private void ask() {
        betweenStores(() -> {
            if (imports.lacksAddresses()) {
                new LoopCalls(loop).ask(imports.lackingAddresses(), this::given, failure -> again());
            } else {
                again();
            }
        });
    }

    private void given(Map<String, String> addresses) {
        betweenStores(() -> {
            Uni<Void> work = imports.dress(addresses).memoize().indefinitely();
            dressing = work;
            new LoopCalls(loop).ask(work, done -> dressed(), failure -> failed());
        });
    }

    /** The rest follows, some at a time. */
    private void dressed() {
        dressing = null;
        betweenStores(() -> {
            if (imports.lacksAddresses()) {
                given(Map.of());
            } else {
                again();
            }
        });
    }

    private void failed() {
        dressing = null;
        again();
    }

    /** What is still lacking is asked for like before. */
    private void again() {
        if (asking != Asking.CLOSED) {
            asking = Asking.NO;
            betweenStores(() -> {
                if (imports.lacksAddresses()) {
                    askLater();
                }
            });
        }
    }

    private void betweenStores(Runnable work) {
        if (asking == Asking.CLOSED) {
            return;
        }
        if (storing.get() == 0 && dressing == null) {
            work.run();
        } else {
            timer = loop.after(BETWEEN_STORES, () -> betweenStores(work));
        }
    }
}
