package dev.entente.engine.replication;

import dev.entente.domain.peering.StreamStatus;
import dev.entente.domain.stream.Effect;
import dev.entente.domain.stream.Ended;
import dev.entente.domain.stream.Ending;
import dev.entente.domain.stream.ImportOperation;
import dev.entente.domain.stream.Session;
import dev.entente.domain.stream.StatusCode;
import dev.entente.domain.stream.Step;
import dev.entente.domain.stream.StreamEvent;
import dev.entente.domain.stream.StreamMessage;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.LeaseLostException;
import dev.entente.engine.port.StreamEnd;
import dev.entente.engine.port.StreamLink;
import dev.entente.engine.port.StreamListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs one session: everything that happens becomes an event in one mailbox on one event loop, and the effects of each step are
 * performed in their order before the next event is looked at.
 *
 * <p>The mailbox is bounded: messages come one by one when asked for, changes of exports are coalesced before they get here, and
 * whatever else would pile up ends the stream. Answers to a peer that does not read are bounded, too: it is not read from until
 * it has read.
 */
final class StreamDriver implements StreamListener, Effect.Performer {
    private static final int MAILBOX_LIMIT = 4096;
    private static final int UNREAD_ANSWERS_LIMIT = 16_384;
    private static final Duration TICK = Duration.ofSeconds(1);
    /** Some five seconds: an operator hears of a store that stays away, and not of one that was slow once. */
    private static final int ATTEMPTS_UNTIL_TOLD = 10;

    private final EventLoop loop;
    private final Replication common;
    private final Owner owner;
    private final ExportMailbox exports;
    private final AtomicInteger queued = new AtomicInteger();
    private final List<EventLoop.Timer> timers = new ArrayList<>();
    private @Nullable StreamLink link;
    private @Nullable Session session;
    private @Nullable Engagement engagement;
    private int unreadAnswers;
    private boolean readingPaused;
    private boolean sentSomething;

    /** Who started the driver: an acceptor or a dial loop. Calls are on the driver's event loop. */
    interface Owner {
        /** The dialer has shown who it is; answered by {@link #engage} and an event, or by a refusal. */
        void onOpen(StreamMessage.Open open);

        /** Handshake done. */
        void onBegun();

        /** Over, and all is written; {@code engagement} is null when no peering was ever known. */
        void onEnded(Ending ending, @Nullable Engagement engagement);
    }

    StreamDriver(EventLoop loop, Replication common, Owner owner) {
        this.loop = loop;
        this.common = common;
        this.owner = owner;
        this.exports = new ExportMailbox(loop, this::handle, content -> link().preparation(content));
    }

    /** Begins with the first step of a session; the link may already be calling the listener. */
    void start(StreamLink opened, Step first) {
        loop.execute(() -> begin(opened, first));
    }

    EventLoop loop() {
        return loop;
    }

    /** Tells which peering the stream belongs to. */
    void engage(Engagement known) {
        engagement = known;
    }

    /** Whether the session is over; then nothing that arrives is looked at. */
    boolean isOver() {
        return session instanceof Ended;
    }

    void post(StreamEvent event) {
        if (queued.incrementAndGet() > MAILBOX_LIMIT) {
            queued.decrementAndGet();
            loop.execute(() -> crash("the mailbox of a stream overflowed", new IllegalStateException("overflow")));
            return;
        }
        loop.execute(() -> {
            queued.decrementAndGet();
            handle(event);
        });
    }

    @Override
    public void onMessage(StreamMessage message) {
        post(new StreamEvent.Received(message));
    }

    @Override
    public void onReady() {
        loop.execute(this::ready);
    }

    @Override
    public void onEnd() {
        post(new StreamEvent.TransportEnded());
    }

    @Override
    public void onFailure(StreamEnd end) {
        post(new StreamEvent.TransportFailed(new Ending.Failed(end.code(), end.text())));
    }

    private void begin(StreamLink opened, Step first) {
        link = opened;
        Duration timeout = common.settings().stream().heartbeatTimeout();
        Duration tick = timeout.dividedBy(4).compareTo(TICK) < 0 ? timeout.dividedBy(4) : TICK;
        timers.add(loop.every(tick, () -> handle(new StreamEvent.Tick())));
        take(first);
        if (opened.isReady()) {
            handle(new StreamEvent.TransportReady());
        }
    }

    private void ready() {
        if (link == null || isOver()) {
            return;
        }
        unreadAnswers = 0;
        if (readingPaused) {
            readingPaused = false;
            link.request();
        }
        handle(new StreamEvent.TransportReady());
    }

    private void handle(StreamEvent event) {
        Session current = session;
        if (current == null || isOver()) {
            return;
        }
        try {
            take(current.on(event, common.ports().clock().now()));
        } catch (RuntimeException fault) {
            crash("handle an event of a stream", fault);
        }
    }

    private void take(Step step) {
        session = step.next();
        sentSomething = false;
        for (Effect effect : step.effects()) {
            effect.performBy(this);
        }
        if (step.next() instanceof Ended ended) {
            finish(ended.ending());
        } else if (sentSomething && link != null && link.isReady()) {
            unreadAnswers = 0;
            post(new StreamEvent.TransportReady());
        }
    }

    /** A fault of ours, or a link that throws: the stream is cut, the replica goes on. */
    private void crash(String doing, RuntimeException fault) {
        if (isOver()) {
            return;
        }
        common.observer().trouble(doing, fault);
        Ending.Failed end = new Ending.Failed(StatusCode.INTERNAL.number(), "the stream cannot be continued");
        session = new Ended(end);
        if (link != null) {
            link.fail(new StreamEnd(end.code(), end.text()));
        }
        if (engagement != null) {
            engagement.recordBroken(end.text());
        }
        finish(end);
    }

    private void finish(Ending ending) {
        timers.forEach(EventLoop.Timer::cancel);
        Engagement known = engagement;
        if (known == null) {
            owner.onEnded(ending, null);
        } else {
            known.end(() -> owner.onEnded(ending, known));
        }
    }

    @Override
    public void send(StreamMessage message) {
        sentSomething = true;
        StreamLink open = link();
        if (message instanceof StreamMessage.Response response && !admits(open, response)) {
            return;
        }
        if (message instanceof StreamMessage.Request && !open.isReady()) {
            unreadAnswers++;
        }
        open.send(message);
    }

    /** What the other side cannot take stays here; the stream and everything else on it go on. */
    private boolean admits(StreamLink open, StreamMessage.Response response) {
        boolean fits = open.fits(response);
        if (engagement != null) {
            engagement.noteSize(response.resourceId(), fits);
        }
        return fits;
    }

    @Override
    public void begin() {
        Duration interval = common.settings().stream().heartbeatInterval();
        timers.add(loop.every(interval, () -> handle(new StreamEvent.HeartbeatDue())));
        engagement().begin(exports, () -> post(new StreamEvent.PeeringDeleted()));
        owner.onBegun();
    }

    @Override
    public void admit(StreamMessage.Open open) {
        owner.onOpen(open);
    }

    @Override
    public void store(String nonce, ImportOperation operation) {
        store(nonce, operation, 1);
    }

    private void store(String nonce, ImportOperation operation, int attempt) {
        new LoopCalls(loop)
                .ask(
                        engagement().store(operation),
                        done -> handle(new StreamEvent.Stored(nonce)),
                        failure -> storeFailed(nonce, operation, attempt, failure));
    }

    private void storeFailed(String nonce, ImportOperation operation, int attempt, Throwable failure) {
        if (session == null || !session.isImporting()) {
            handle(new StreamEvent.StoreRefused(nonce, Engagement.reason(failure)));
            return;
        }
        if (failure instanceof LeaseLostException) {
            loseLease();
        } else if (Engagement.isWorthRetrying(failure)) {
            if (attempt % ATTEMPTS_UNTIL_TOLD == 0) {
                common.observer().trouble("store an import, trying again", failure);
            }
            timers.add(loop.after(common.settings().storeRetry(), () -> store(nonce, operation, attempt + 1)));
        } else {
            common.observer().trouble("store an import", failure);
            handle(new StreamEvent.StoreRefused(nonce, Engagement.reason(failure)));
        }
    }

    /** Another replica may be writing the status by now, so ours is left alone. */
    void loseLease() {
        if (engagement != null) {
            engagement.abandonStatus();
        }
        handle(new StreamEvent.LeaseLost());
    }

    @Override
    public void recordStatus(StreamStatus status) {
        engagement().recordStatus(status);
    }

    @Override
    public void forgetStatus() {
        engagement().forgetStatus();
    }

    @Override
    public void markTerminated() {
        engagement().markTerminated();
    }

    @Override
    public void requestMore() {
        if (unreadAnswers >= UNREAD_ANSWERS_LIMIT) {
            readingPaused = true;
        } else {
            link().request();
        }
    }

    @Override
    public void complete() {
        link().complete();
    }

    @Override
    public void fail(Ending.Failed end) {
        link().fail(new StreamEnd(end.code(), end.text()));
    }

    private StreamLink link() {
        if (link == null) {
            throw new IllegalStateException("the stream has not started");
        }
        return link;
    }

    private Engagement engagement() {
        if (engagement == null) {
            throw new IllegalStateException("the peering of the stream is not known");
        }
        return engagement;
    }
}
