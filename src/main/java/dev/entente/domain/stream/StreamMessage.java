package dev.entente.domain.stream;

import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.Remote;
import org.jspecify.annotations.Nullable;

/** One message of a replication stream, in either direction (protocol chapter 2.3). */
public sealed interface StreamMessage {

    /** What to do with each kind of message. */
    interface Handler<R> {
        R open(Open open);

        R request(Request request);

        R response(Response response);

        R terminated();

        R heartbeat();

        R unknown();
    }

    /** Calls what fits this message. */
    <R> R handle(Handler<R> handler);

    /** The dialer's first message. */
    record Open(String peerId, Secret streamSecret, Remote remote) implements StreamMessage {
        @Override
        public <R> R handle(Handler<R> handler) {
            return handler.open(this);
        }
    }

    /**
     * A subscription (no nonce), an ACK (nonce, no error) or a NACK (nonce and error).
     *
     * @param peerId empty except in a dialer's subscriptions
     */
    record Request(
            String peerId,
            String responseNonce,
            String resourceUrl,
            @Nullable Nack error) implements StreamMessage {
        @Override
        public <R> R handle(Handler<R> handler) {
            return handler.request(this);
        }
    }

    /** Why a response could not be applied; {@code code} is a gRPC code number. */
    record Nack(int code, String message) {}

    /**
     * The complete new state of one resource.
     *
     * @param operation the number on the wire; 1 is UPSERT
     * @param payload null when the message had none
     */
    record Response(
            String nonce,
            String resourceUrl,
            String resourceId,
            int operation,
            @Nullable Payload payload) implements StreamMessage {
        @Override
        public <R> R handle(Handler<R> handler) {
            return handler.response(this);
        }
    }

    /** What is inside a response: the type that it says it is, and what was found in it. */
    record Payload(String typeUrl, Resource resource) {}

    /** The other side has deleted the peering. */
    record Terminated() implements StreamMessage {
        @Override
        public <R> R handle(Handler<R> handler) {
            return handler.terminated();
        }
    }

    /** A sign of life. */
    record Heartbeat() implements StreamMessage {
        @Override
        public <R> R handle(Handler<R> handler) {
            return handler.heartbeat();
        }
    }

    /** A message without a known content; ignored (protocol chapter 3.7). */
    record Unknown() implements StreamMessage {
        @Override
        public <R> R handle(Handler<R> handler) {
            return handler.unknown();
        }
    }
}
