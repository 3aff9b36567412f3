package dev.entente.checks;

import dev.entente.domain.catalog.CheckDefinition;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.List;
import java.util.Optional;

/** Makes the probe of a definition; the clients below are shared by all probes and keep no connections. */
final class Probes {
    private static final int MAX_CONNECTIONS = 512;

    private final Vertx vertx;
    private final NetClient tcp;
    private final HttpClient verifying;
    private final HttpClient trusting;
    private final HttpClient plainH2;
    private final HttpClient verifyingH2;
    private final HttpClient trustingH2;

    Probes(Vertx vertx) {
        this.vertx = vertx;
        tcp = vertx.createNetClient(new NetClientOptions());
        verifying = vertx.createHttpClient(http(false));
        trusting = vertx.createHttpClient(http(true));
        plainH2 = vertx.createHttpClient(h2(false).setSsl(false).setHttp2ClearTextUpgrade(false));
        verifyingH2 = vertx.createHttpClient(h2(false));
        trustingH2 = vertx.createHttpClient(h2(true));
    }

    private static HttpClientOptions http(boolean trustAll) {
        return new HttpClientOptions()
                .setKeepAlive(false)
                .setMaxPoolSize(MAX_CONNECTIONS)
                .setForceSni(true)
                .setTrustAll(trustAll)
                .setVerifyHost(!trustAll);
    }

    private static HttpClientOptions h2(boolean trustAll) {
        return new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2MaxPoolSize(MAX_CONNECTIONS)
                .setHttp2MultiplexingLimit(1)
                .setSsl(true)
                .setUseAlpn(true)
                .setTrustAll(trustAll)
                .setVerifyHost(!trustAll);
    }

    /** Empty for a definition that is not probed: a TTL, an alias, what agents do not run, or nothing. */
    Optional<Probe> of(CheckDefinition run) {
        return switch (run.type()) {
            case "http" -> Optional.of(new HttpProbe(vertx, run.tlsSkipVerify() ? trusting : verifying, run));
            case "tcp" -> Optional.of(new TcpProbe(vertx, tcp, run.tcp(), run.timeout()));
            case "grpc" -> Optional.of(new GrpcProbe(run));
            case "h2ping" -> Optional.of(new H2PingProbe(vertx, h2Client(run), run.h2ping(), run.timeout()));
            default -> Optional.empty();
        };
    }

    private HttpClient h2Client(CheckDefinition run) {
        if (!run.h2pingUseTls()) {
            return plainH2;
        }
        return run.tlsSkipVerify() ? trustingH2 : verifyingH2;
    }

    void close() {
        tcp.close();
        List.of(verifying, trusting, plainH2, verifyingH2, trustingH2).forEach(HttpClient::close);
    }
}
