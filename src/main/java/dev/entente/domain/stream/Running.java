package dev.entente.domain.stream;

import dev.entente.domain.stream.StreamEvent.AddressesChanged;
import dev.entente.domain.stream.StreamEvent.BundleChanged;
import dev.entente.domain.stream.StreamEvent.ExportsChanged;
import dev.entente.domain.stream.StreamEvent.HeartbeatDue;
import dev.entente.domain.stream.StreamEvent.LeaseLost;
import dev.entente.domain.stream.StreamEvent.PeeringDeleted;
import dev.entente.domain.stream.StreamEvent.Received;
import dev.entente.domain.stream.StreamEvent.ServicesChanged;
import dev.entente.domain.stream.StreamEvent.Stop;
import dev.entente.domain.stream.StreamEvent.StoreRefused;
import dev.entente.domain.stream.StreamEvent.Stored;
import dev.entente.domain.stream.StreamEvent.Tick;
import dev.entente.domain.stream.StreamEvent.TransportEnded;
import dev.entente.domain.stream.StreamEvent.TransportFailed;
import dev.entente.domain.stream.StreamEvent.TransportReady;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Both sides publish and subscribe (protocol chapters 3.3 to 3.7).
 *
 * @param subscribed what the other side wants to hear of
 * @param applying what is being stored at the moment; no further message is asked for until it is answered
 * @param silentUntil when the other side's heartbeats have been missing for too long
 */
record Running(
        Conversation conversation,
        Set<ResourceType> subscribed,
        Outbox outbox,
        @Nullable Applying applying,
        Journal journal,
        Instant silentUntil)
        implements Session {
    static final String ENDED_UNEXPECTEDLY = "stream ended unexpectedly";
    static final String LEASE_LOST = "another replica is responsible for this peering";
    /** The code makes a dialer try the next address at once (protocol chapter 3.2). */
    static final Ending.Failed STOPPING =
            Ending.Failed.of(StatusCode.FAILED_PRECONDITION, "this server is stopping; cannot continue streaming");

    private static final String HEARTBEAT_TIMEOUT = "heartbeat timeout";

    /** A dialer whose connection stands: says who it is and subscribes. */
    static Step opened(StreamSettings settings, StreamMessage.Open open, Instant now) {
        Conversation conversation = new Conversation(Role.DIALER, open.peerId(), settings);
        return begun(conversation, settings.sendBatch(), List.of(new Effect.Send(open)), now);
    }

    /** An acceptor that was shown the right secret: subscribes. */
    static Step admitted(StreamSettings settings, Instant now) {
        return begun(new Conversation(Role.ACCEPTOR, "", settings), 0, List.of(), now);
    }

    private static Step begun(Conversation conversation, int room, List<Effect> first, Instant now) {
        List<Effect> effects = new ArrayList<>(first);
        for (ResourceType type : conversation.role().subscriptions()) {
            effects.add(new Effect.Send(new StreamMessage.Request(conversation.remoteId(), "", type.url(), null)));
        }
        Journal journal = Journal.connected();
        effects.add(new Effect.RecordStatus(journal.status()));
        effects.add(new Effect.Begin());
        effects.add(new Effect.RequestMore());
        Instant silentUntil = now.plus(conversation.settings().heartbeatTimeout());
        Outbox outbox = Outbox.EMPTY.withRoom(room);
        return new Step(new Running(conversation, Set.of(), outbox, null, journal, silentUntil), effects);
    }

    @Override
    public boolean isImporting() {
        return true;
    }

    @Override
    public Step received(Received event, Instant now) {
        return event.message().handle(new Inbound(this, now));
    }

    @Override
    public Step transportReady(TransportReady event, Instant now) {
        return publishing(outbox.withRoom(conversation.settings().sendBatch()), now);
    }

    @Override
    public Step exportsChanged(ExportsChanged event, Instant now) {
        return publishing(outbox.exports(event.exports()), now);
    }

    @Override
    public Step servicesChanged(ServicesChanged event, Instant now) {
        return publishing(outbox.services(event.services()), now);
    }

    @Override
    public Step bundleChanged(BundleChanged event, Instant now) {
        return publishing(outbox.bundle(event.bundle()), now);
    }

    @Override
    public Step addressesChanged(AddressesChanged event, Instant now) {
        return publishing(outbox.addresses(event.addresses()), now);
    }

    @Override
    public Step stored(Stored event, Instant now) {
        Applying stored = applied(event, event.nonce());
        Journal noted = journal.stored(now);
        Journal next = stored.operation().ifList(noted::imported, noted);
        return answered(stored, next, null, now);
    }

    @Override
    public Step storeRefused(StoreRefused event, Instant now) {
        Applying refused = applied(event, event.nonce());
        String reason = refused.operation().failurePrefix() + event.reason();
        return answered(refused, journal.receivedInError(now), ResponseRules.failure(refused.response(), reason), now);
    }

    @Override
    public Step heartbeatDue(HeartbeatDue event, Instant now) {
        return Step.to(this, new Effect.Send(new StreamMessage.Heartbeat()));
    }

    /** While we store, we do not listen; that silence is ours and not the other side's. */
    @Override
    public Step tick(Tick event, Instant now) {
        if (applying != null || now.isBefore(silentUntil)) {
            return Step.to(this);
        }
        return broken(Ending.Failed.of(StatusCode.UNKNOWN, HEARTBEAT_TIMEOUT), HEARTBEAT_TIMEOUT, now);
    }

    @Override
    public Step transportEnded(TransportEnded event, Instant now) {
        return broken(Ending.Failed.of(StatusCode.UNKNOWN, ENDED_UNEXPECTEDLY), ENDED_UNEXPECTEDLY, now);
    }

    @Override
    public Step transportFailed(TransportFailed event, Instant now) {
        String error = "unexpected error receiving from the stream: "
                + StatusCode.describe(event.end().code(), event.end().text());
        Effect record = new Effect.RecordStatus(journal.ended(error, now).status());
        return Step.to(new Ended(event.end()), record);
    }

    @Override
    public Step peeringDeleted(PeeringDeleted event, Instant now) {
        return farewell(List.of(new Effect.Send(new StreamMessage.Terminated()), new Effect.ForgetStatus()), now);
    }

    /** The status now belongs to whoever has the lease, so nothing is written to it. */
    @Override
    public Step leaseLost(LeaseLost event, Instant now) {
        Ending.Failed end = Ending.Failed.of(StatusCode.ABORTED, LEASE_LOST);
        return Step.to(new Ended(end), new Effect.Fail(end));
    }

    /** A dialer cancels: an acceptor takes a half-close without {@code terminated} for a fault, and says so in its log. */
    @Override
    public Step stop(Stop event, Instant now) {
        Effect record = new Effect.RecordStatus(journal.ended(null, now).status());
        Ending.Failed word = switch (conversation.role()) {
            case ACCEPTOR -> STOPPING;
            case DIALER -> Ending.Failed.of(StatusCode.CANCELLED, STOPPING.text());
        };
        return Step.to(new Ended(new Ending.Stopped()), record, new Effect.Fail(word));
    }

    /** The other side has deleted the peering: that is stored before the stream goes. What was last exchanged stays readable. */
    Step terminated(Instant now) {
        Effect record = new Effect.RecordStatus(journal.ended(null, now).status());
        return farewell(List.of(new Effect.MarkTerminated(), new Effect.RequestMore(), record), now);
    }

    private Step farewell(List<Effect> first, Instant now) {
        List<Effect> effects = new ArrayList<>(first);
        if (conversation.role() == Role.DIALER) {
            effects.add(new Effect.Complete());
        }
        Instant until = now.plus(conversation.settings().drainTimeout());
        return new Step(new Draining(conversation.role(), until), effects);
    }

    /** We end the stream, because of what the other side did or did not do. */
    Step broken(Ending.Failed end, String error, Instant now) {
        Effect record = new Effect.RecordStatus(journal.ended(error, now).status());
        return Step.to(new Ended(end), record, new Effect.Fail(end));
    }

    private Applying applied(StreamEvent event, String nonce) {
        if (applying == null || !applying.response().nonce().equals(nonce)) {
            throw new UnexpectedEventException(this, event);
        }
        return applying;
    }

    /** One answer per response, after the store; the time that storing took does not count as silence. */
    private Step answered(Applying done, Journal noted, StreamMessage.@Nullable Nack nack, Instant now) {
        Instant heard = silentUntil.plus(Duration.between(done.since(), now));
        Running next = new Running(conversation, subscribed, outbox, null, noted, heard);
        StreamMessage answer = new StreamMessage.Request(
                "", done.response().nonce(), done.response().resourceUrl(), nack);
        return Step.to(
                next, new Effect.Send(answer), new Effect.RecordStatus(noted.status()), new Effect.RequestMore());
    }

    /** Sends of a new outbox what may go out now. */
    private Step publishing(Outbox changed, Instant now) {
        return new Running(conversation, subscribed, changed, applying, journal, silentUntil).flushed(List.of(), now);
    }

    /** Sends what may go out now, after the effects given. */
    Step flushed(List<Effect> first, Instant now) {
        Outbox.Drained drained = outbox.drain(subscribed);
        List<Effect> effects = new ArrayList<>(first);
        Journal noted = journal;
        for (StreamMessage.Response response : drained.responses()) {
            effects.add(new Effect.Send(response));
            noted = noted(noted, response, now);
        }
        if (!drained.responses().isEmpty()) {
            effects.add(new Effect.RecordStatus(noted.status()));
        }
        return new Step(new Running(conversation, subscribed, drained.next(), applying, noted, silentUntil), effects);
    }

    private static Journal noted(Journal journal, StreamMessage.Response response, Instant now) {
        StreamMessage.Payload payload = response.payload();
        Journal sent = journal.sent(now);
        return payload != null && payload.resource() instanceof Resource.ExportedServiceList list
                ? sent.exported(list.services())
                : sent;
    }
}
