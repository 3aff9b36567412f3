package dev.entente.domain.stream;

import dev.entente.domain.stream.ResponseRules.Verdict;
import dev.entente.domain.stream.StreamMessage.Nack;
import dev.entente.domain.stream.StreamMessage.Request;
import dev.entente.domain.stream.StreamMessage.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a running conversation does with each kind of message (protocol chapters 3.3, 3.5 and 3.7). */
record Inbound(Running running, Instant now) implements StreamMessage.Handler<Step> {

    /** Ignored: only the first message can open a stream. */
    @Override
    public Step open(StreamMessage.Open open) {
        return unknown();
    }

    @Override
    public Step unknown() {
        return Step.to(running, new Effect.RequestMore());
    }

    @Override
    public Step heartbeat() {
        Journal noted = running.journal().heartbeat(now);
        Instant silentUntil = now.plus(running.conversation().settings().heartbeatTimeout());
        Running next = new Running(
                running.conversation(), running.subscribed(), running.outbox(), running.applying(), noted, silentUntil);
        return Step.to(next, new Effect.RecordStatus(noted.status()), new Effect.RequestMore());
    }

    @Override
    public Step terminated() {
        return running.terminated(now);
    }

    @Override
    public Step request(Request request) {
        Optional<ResourceType> type = ResourceType.ofUrl(request.resourceUrl());
        if (type.isEmpty()) {
            return invalid(SubscriptionRules.unknownUrl(request));
        }
        if (running.subscribed().contains(type.get())) {
            return answered(request);
        }
        return SubscriptionRules.faultOf(request, running.conversation().remoteId())
                .map(this::invalid)
                .orElseGet(() -> subscribed(type.get()));
    }

    @Override
    public Step response(Response response) {
        if (running.applying() != null) {
            throw new IllegalStateException("a response arrived although none was asked for");
        }
        Verdict verdict = ResponseRules.judge(response, running.conversation().role());
        return verdict instanceof Verdict.Apply apply
                ? storing(response, apply.operation())
                : nacked(response, ((Verdict.Reject) verdict).nack());
    }

    private Step storing(Response response, ImportOperation operation) {
        Running next = with(running.journal(), new Applying(response, operation, now));
        return Step.to(next, new Effect.Store(response.nonce(), operation));
    }

    private Step nacked(Response response, Nack nack) {
        Journal noted = running.journal().receivedInError(now);
        Request answer = new Request("", response.nonce(), response.resourceUrl(), nack);
        return Step.to(
                with(noted, null),
                new Effect.Send(answer),
                new Effect.RecordStatus(noted.status()),
                new Effect.RequestMore());
    }

    /** The answer to one of our responses; its nonce is not compared, and a NACK makes nothing go out again. */
    private Step answered(Request request) {
        Journal noted = request.error() == null
                ? running.journal().acknowledged(now)
                : running.journal().refused(now);
        return Step.to(
                with(noted, running.applying()), new Effect.RecordStatus(noted.status()), new Effect.RequestMore());
    }

    private Step subscribed(ResourceType type) {
        Set<ResourceType> all = EnumSet.of(type);
        all.addAll(running.subscribed());
        Journal noted = running.journal().acknowledged(now);
        Running next = new Running(
                running.conversation(), all, running.outbox(), running.applying(), noted, running.silentUntil());
        List<Effect> first = new ArrayList<>();
        first.add(new Effect.RequestMore());
        return next.flushed(first, now);
    }

    private Step invalid(String text) {
        return running.broken(Ending.Failed.of(StatusCode.INVALID_ARGUMENT, text), text, now);
    }

    private Running with(Journal journal, @Nullable Applying applying) {
        return new Running(
                running.conversation(),
                running.subscribed(),
                running.outbox(),
                applying,
                journal,
                running.silentUntil());
    }
}
