package dev.entente.engine.replication;

import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.StreamStatus;
import dev.entente.domain.stream.ImportOperation;
import dev.entente.domain.stream.Role;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.Lease;
import dev.entente.engine.port.StoreUnavailableException;
import dev.entente.engine.view.View;
import io.smallrye.mutiny.Uni;

/**
 * What a stream has to do with its peering, from when that is known until the stream has ended: storing imports, listening to
 * exports, keeping the status, noticing the deletion. All calls are on the stream's event loop.
 */
final class Engagement {
    private static final int MARK_ATTEMPTS = 30;

    private final ReplicationPorts ports;
    private final ReplicationSettings settings;
    private final ReplicationObserver observer;
    private final ExportFeeds feeds;
    private final Party party;
    private final EventLoop loop;
    private final Imports imports;
    private final LateAddresses lateAddresses;
    private final StatusReporter status;
    private final WithheldServices withheld = new WithheldServices();
    private View.Watch feed = () -> {};
    private Runnable unwatch = () -> {};

    /**
     * Whose stream it is.
     *
     * @param peering as it was when the stream was opened
     * @param shown the secret with which it was opened
     */
    record Party(Peering peering, Role role, Secret shown) {}

    Engagement(Replication common, Party party, EventLoop loop, Lease lease) {
        this.ports = common.ports();
        this.settings = common.settings();
        this.observer = common.observer();
        this.feeds = common.feeds();
        this.party = party;
        this.loop = loop;
        Peering peering = party.peering();
        this.imports = new Imports(ports, peering, lease);
        this.lateAddresses = new LateAddresses(imports, loop);
        this.status = new StatusReporter(ports.statuses(), peering.partition(), peering.id(), loop, settings, observer);
    }

    Peering peering() {
        return party.peering();
    }

    Role role() {
        return party.role();
    }

    /** Begins to listen to what the peer should know, and to its deletion here. */
    void begin(ExportListener listener, Runnable onDeleted) {
        Peering peering = party.peering();
        DeletionWatch watch = new DeletionWatch(ports, peering, loop, onDeleted);
        unwatch = watch::close;
        feed = feeds.subscribe(peering.partition(), peering.name(), listener);
        watch.start();
        observer.streamBegan(peering, party.role());
    }

    /** Stores one thing; {@link #isWorthRetrying} tells of a failure whether to ask again. */
    Uni<Void> store(ImportOperation operation) {
        return lateAddresses.store(operation);
    }

    /** The peer does not send again what we refuse, so an unreachable store is waited for as long as we hold the lease. */
    static boolean isWorthRetrying(Throwable failure) {
        return failure instanceof StoreUnavailableException;
    }

    /** What a NACK may tell of a failure. */
    static String reason(Throwable failure) {
        return failure instanceof RefusedException refused
                ? refused.refusal().text()
                : "the resource could not be stored";
    }

    void recordStatus(StreamStatus newest) {
        status.record(withheld.shownIn(newest));
    }

    /** Notes an end that the session itself could not note. */
    void recordBroken(String error) {
        status.recordBroken(error);
    }

    void forgetStatus() {
        status.forget();
    }

    void abandonStatus() {
        status.abandon();
    }

    /** Notes in the record that the other side has ended the peering; goes on trying after the stream has ended. */
    void markTerminated() {
        markTerminated(1);
    }

    private void markTerminated(int attempt) {
        new LoopCalls(loop)
                .ask(
                        ports.notices().terminated(party.peering(), party.shown()),
                        done -> {},
                        failure -> markFailed(attempt, failure));
    }

    private void markFailed(int attempt, Throwable failure) {
        observer.trouble("mark a peering as terminated", failure);
        if (attempt < MARK_ATTEMPTS && !(failure instanceof RefusedException)) {
            loop.after(settings.storeRetry().multipliedBy(attempt), () -> markTerminated(attempt + 1));
        }
    }

    /** Notes whether a resource could be sent as large as it is; what is not sent is told once. */
    void noteSize(String resourceId, boolean fits) {
        if (!fits && withheld.add(resourceId)) {
            observer.resourceTooLarge(party.peering(), resourceId);
        } else if (fits) {
            withheld.remove(resourceId);
        }
    }

    /** Stops listening and storing, writes the last status, and then calls back. */
    void end(Runnable then) {
        imports.close();
        lateAddresses.close();
        feed.close();
        unwatch.run();
        status.finish(then);
    }
}
