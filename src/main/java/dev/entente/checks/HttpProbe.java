package dev.entente.checks;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Well when an HTTP request is answered with 2xx, middling with 429 (Consul's rule). */
final class HttpProbe implements Probe {
    private static final int MAX_OUTPUT = 4096;
    private static final int TOO_MANY_REQUESTS = 429;

    private final Vertx vertx;
    private final HttpClient client;
    private final CheckDefinition run;
    private final String method;

    /** @param client made for the check's way to verify certificates; keeps no connections */
    HttpProbe(Vertx vertx, HttpClient client, CheckDefinition run) {
        this.vertx = vertx;
        this.client = client;
        this.run = run;
        this.method = run.method().isEmpty() ? "GET" : run.method();
    }

    @Override
    public Future<ProbeResult> run() {
        return new Attempt().begin();
    }

    /** One request and its answer. */
    private final class Attempt {
        private final Tail tail =
                new Tail(run.outputMaxSize() > 0 ? Math.min(run.outputMaxSize(), MAX_OUTPUT) : MAX_OUTPUT);
        private final Timed timed = new Timed(vertx, run.timeout(), this::timedOut);
        private String statusLine = "";
        private int code;

        Future<ProbeResult> begin() {
            try {
                client.request(options()).onSuccess(this::send).onFailure(this::failed);
            } catch (IllegalArgumentException | VertxException e) {
                timed.finish(ProbeResult.critical(requestError(Failures.message(e))));
            }
            return timed.result();
        }

        private void send(HttpClientRequest request) {
            timed.result().onComplete(over -> request.reset());
            if (timed.isOver()) {
                return;
            }
            request.response().onSuccess(this::answered).onFailure(this::failed);
            request.send(run.body()).onFailure(this::failed);
        }

        private void answered(HttpClientResponse response) {
            code = response.statusCode();
            statusLine = code + " " + response.statusMessage();
            response.handler(tail::add)
                    .exceptionHandler(failure -> timed.finish(result()))
                    .endHandler(end -> timed.finish(result()));
        }

        private ProbeResult result() {
            String output = "HTTP " + method + " " + run.http() + ": " + statusLine + " Output: " + tail.text();
            if (code >= 200 && code <= 299) {
                return ProbeResult.passing(output);
            }
            return new ProbeResult(code == TOO_MANY_REQUESTS ? Check.WARNING : Check.CRITICAL, output);
        }

        /** Once the status is known the body does not matter to it. */
        private ProbeResult timedOut() {
            return code == 0
                    ? ProbeResult.critical(
                            requestError("context deadline exceeded (Client.Timeout exceeded while awaiting headers)"))
                    : result();
        }

        private void failed(Throwable failure) {
            String reason = Failures.isDialing(failure)
                    ? Failures.dialing("tcp", authority(URI.create(run.http())), failure)
                    : Failures.message(failure);
            timed.finish(ProbeResult.critical(requestError(reason)));
        }
    }

    private String requestError(String reason) {
        String verb = method.substring(0, 1).toUpperCase(Locale.ROOT)
                + method.substring(1).toLowerCase(Locale.ROOT);
        return verb + " \"" + run.http() + "\": " + reason;
    }

    private RequestOptions options() {
        URI uri = URI.create(run.http());
        RequestOptions options = new RequestOptions()
                .setAbsoluteURI(run.http())
                .setMethod(HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)))
                .setFollowRedirects(!run.disableRedirects())
                .putHeader(HttpHeaders.USER_AGENT, "Consul Health Check")
                .putHeader(HttpHeaders.ACCEPT, "text/plain, text/*, */*");
        run.header().forEach((name, values) -> put(options, name, values));
        if (!run.tlsServerName().isEmpty() && "https".equalsIgnoreCase(uri.getScheme())) {
            // The name that the certificate is verified for is not the one that is connected to.
            if (!options.getHeaders().contains(HttpHeaders.HOST)) {
                options.putHeader(HttpHeaders.HOST, authority(uri));
            }
            options.setServer(SocketAddress.inetSocketAddress(options.getPort(), options.getHost()));
            options.setHost(run.tlsServerName());
        }
        return options;
    }

    private static void put(RequestOptions options, String name, List<String> values) {
        options.putHeader(name, List.<CharSequence>copyOf(values));
    }

    private static String authority(URI uri) {
        int usual = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        return uri.getHost() + ":" + (uri.getPort() < 0 ? usual : uri.getPort());
    }
}
