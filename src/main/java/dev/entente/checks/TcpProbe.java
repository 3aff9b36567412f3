package dev.entente.checks;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Optional;

/** Well when a TCP connection can be made. */
final class TcpProbe implements Probe {
    private final Vertx vertx;
    private final NetClient client;
    private final String target;
    private final Duration timeout;

    TcpProbe(Vertx vertx, NetClient client, String target, Duration timeout) {
        this.vertx = vertx;
        this.client = client;
        this.target = target;
        this.timeout = timeout;
    }

    @Override
    public Future<ProbeResult> run() {
        Optional<Target> parsed = Target.parse(target);
        if (parsed.isEmpty()) {
            return Future.succeededFuture(
                    ProbeResult.critical("dial tcp: address " + target + ": missing port in address"));
        }
        Timed timed = new Timed(vertx, timeout, () -> ProbeResult.critical("dial tcp " + target + ": i/o timeout"));
        client.connect(parsed.get().port(), parsed.get().host())
                .onSuccess(NetSocket::close)
                .onSuccess(socket -> timed.finish(ProbeResult.passing("TCP connect " + target + ": Success")))
                .onFailure(failure -> timed.finish(ProbeResult.critical(Failures.dialing("tcp", target, failure))));
        return timed.result();
    }
}
