package dev.entente.checks;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Optional;

/** Well when an HTTP/2 connection answers a ping. */
final class H2PingProbe implements Probe {
    private static final Buffer PING = Buffer.buffer("entente!");

    private final Vertx vertx;
    private final HttpClient client;
    private final String target;
    private final Duration timeout;

    H2PingProbe(Vertx vertx, HttpClient client, String target, Duration timeout) {
        this.vertx = vertx;
        this.client = client;
        this.target = target;
        this.timeout = timeout;
    }

    @Override
    public Future<ProbeResult> run() {
        Optional<Target> parsed = Target.parse(target);
        if (parsed.isEmpty()) {
            return Future.succeededFuture(ProbeResult.critical(
                    "Failed to dial to " + target + ": dial tcp: address " + target + ": missing port in address"));
        }
        Timed timed =
                new Timed(vertx, timeout, () -> ProbeResult.critical("HTTP2 ping failed: context deadline exceeded"));
        client.request(new RequestOptions()
                        .setHost(parsed.get().host())
                        .setPort(parsed.get().port()))
                .onSuccess(request -> ping(request, timed))
                .onFailure(failure -> timed.finish(ProbeResult.critical(
                        "Failed to dial to " + target + ": " + Failures.dialing("tcp", target, failure))));
        return timed.result();
    }

    private static void ping(HttpClientRequest request, Timed timed) {
        timed.result().onComplete(over -> request.connection().close());
        if (timed.isOver()) {
            return;
        }
        request.connection()
                .ping(PING)
                .onSuccess(pong -> timed.finish(ProbeResult.passing("HTTP2 ping was successful")))
                .onFailure(failure ->
                        timed.finish(ProbeResult.critical("HTTP2 ping failed: " + Failures.message(failure))));
    }
}
