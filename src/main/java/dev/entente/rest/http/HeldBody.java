package dev.entente.rest.http;

import dev.entente.engine.port.EventLoop;
import io.netty.buffer.Unpooled;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * The body of a larger answer on its way to its client: sent piece by piece as the client takes it, so that no more than a piece is
 * copied for each of them. Its memory is given back when the last piece has been taken, when the connection is closed, or when the client
 * is too slow, which closes it.
 */
final class HeldBody {
    /** What is smaller goes at once; most of it the socket's buffers take. */
    static final int FROM_SIZE = 64 * 1024;

    private static final int PIECE = 128 * 1024;
    private static final byte[] NONE = {};

    private final Hold hold;
    private final ClientPace pace;
    private EventLoop.Timer deadline = () -> {};
    /** Nothing as soon as nobody is to have them: what still waits to be told of a write must not keep them. */
    private volatile byte[] bytes;

    private int sent;

    HeldBody(byte[] bytes, Hold hold, ClientPace pace) {
        this.bytes = bytes;
        this.hold = hold;
        this.pace = pace;
    }

    /** From now on time runs: also when the answer does not even come to be sent, its memory is given back. */
    HeldBody within(HttpServerRequest request) {
        deadline = pace.after(bytes.length, () -> {
            leave();
            ClientPace.cutOff(request);
        });
        return this;
    }

    void sendTo(RoutingContext routing) {
        HttpServerResponse response = routing.response();
        if (response.closed() || response.ended()) {
            leave();
            return;
        }
        routing.addEndHandler(end -> leave());
        response.putHeader("Content-Length", String.valueOf(bytes.length));
        send(response, routing.vertx().getOrCreateContext());
    }

    /** The next piece waits for its turn on the loop, so that a client who takes all at once does not keep it. */
    private void send(HttpServerResponse response, Context context) {
        byte[] all = bytes;
        if (all.length == 0) {
            return;
        }
        int length = Math.min(PIECE, all.length - sent);
        boolean last = sent + length == all.length;
        Buffer piece = piece(all, sent, length);
        sent += length;
        response.write(piece)
                .onComplete(written -> context.runOnContext(turn -> goOn(written, last, response, context)));
    }

    /** The only way in this release that does not copy; its successor is not public. */
    @SuppressWarnings("deprecation")
    private static Buffer piece(byte[] all, int from, int length) {
        return Buffer.buffer(Unpooled.wrappedBuffer(all, from, length));
    }

    private void goOn(AsyncResult<Void> written, boolean last, HttpServerResponse response, Context context) {
        if (written.failed() || response.closed()) {
            leave();
        } else if (last) {
            response.end();
        } else {
            send(response, context);
        }
    }

    private void leave() {
        deadline.cancel();
        bytes = NONE;
        hold.leave();
    }
}
