package dev.entente.rest.http;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.query.WaitTime;
import dev.entente.engine.access.Caller;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request as the endpoints see it: its argument, parameters and caller (protocol chapters 6.1.3 and 6.1.4). What a request gets
 * wrong fails with a RefusedException that carries the documented text.
 */
public final class Call {
    private static final String BEARER = "bearer ";
    /** Who asks, when to answer, and what is told in headers. */
    private static final Set<String> BESIDE_CONTENT =
            Set.of("token", "index", "wait", "stale", "max_stale", "consistent", "cached");

    private final HttpServerRequest request;
    private final Route route;
    private final String path;
    private final QueryParameters query;
    private final WaitTime waitTime;

    Call(HttpServerRequest request, RouteTable table, WaitTime waitTime) {
        this.request = request;
        this.waitTime = waitTime;
        this.path = QueryParameters.percentDecode(request.path()).orElse("");
        this.route = table.find(path).orElseThrow(() -> new IllegalStateException("not in the route table: " + path));
        this.query = QueryParameters.parse(request.query()).orElseThrow();
    }

    /** What follows the prefix of the route. */
    public String argument() {
        return path.substring(route.pattern().length());
    }

    /** The argument, which must not be empty. */
    public String argument(String textWhenMissing) {
        String argument = argument();
        if (argument.isEmpty()) {
            throw refused(Refusal.badRequest(textWhenMissing));
        }
        return argument;
    }

    /** How long this agent lets reads wait. */
    WaitTime waitTime() {
        return waitTime;
    }

    public QueryParameters query() {
        return query;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    /** Who presents which token: the query goes before {@code X-Consul-Token}, that before a bearer token. */
    public Caller caller() {
        String token = query.first("token");
        if (token.isEmpty()) {
            token = header(Headers.TOKEN).orElse("");
        }
        if (token.isEmpty()) {
            token = bearer(header("Authorization").orElse(""));
        }
        return token.isEmpty() ? Caller.ANONYMOUS : new Caller(Optional.of(new Secret(token)));
    }

    private static String bearer(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).trim()
                : "";
    }

    /** The partition that the query or else the header names, as it was written; empty for none. */
    public String partitionText() {
        String named = query.first("partition");
        return named.isEmpty() ? header(Headers.PARTITION).orElse("") : named;
    }

    /** The partition that is named, or {@code default}; whether there is such a partition is not looked at. */
    public PartitionName partition() {
        return PartitionName.parse(partitionText()).orThrow();
    }

    /** The peer whose imports are asked for; null for the local catalog. */
    public @Nullable PeerName peer() {
        String peer = query.first("peer");
        return peer.isEmpty() ? null : new PeerName(peer);
    }

    /** Refuses namespaces, of which there is only {@code default}. */
    void refuseNamespaces() {
        if (!route.namespaced()) {
            return;
        }
        if (isForeign(header(Headers.NAMESPACE).orElse(""))) {
            throw refused(Refusal.badRequest(
                    "Invalid header: \"X-Consul-Namespace\" - Namespaces are a Consul Enterprise feature"));
        }
        if (isForeign(query.first("ns"))) {
            throw refused(
                    Refusal.badRequest("Invalid query parameter: \"ns\" - Namespaces are a Consul Enterprise feature"));
        }
    }

    private static boolean isForeign(String namespace) {
        return !namespace.isEmpty() && !namespace.equalsIgnoreCase("default");
    }

    /** A flag whose presence is enough, or a boolean in one of Go's spellings. */
    public boolean flag(String name, String textWhenMalformed) {
        String value = query.first(name);
        if (value.isEmpty()) {
            return query.has(name);
        }
        return GoBoolean.parse(value).orElseThrow(() -> refused(Refusal.badRequest(textWhenMalformed)));
    }

    /** What is asked for: of requests with the same form the answers are equal as long as nothing changes. */
    String form() {
        return path + query.without(BESIDE_CONTENT) + partitionText();
    }

    HttpServerRequest request() {
        return request;
    }

    boolean isPretty() {
        return query.has("pretty");
    }

    boolean acceptsGzip() {
        return header(Headers.ACCEPT_ENCODING).map(Gzip::isAccepted).orElse(false);
    }

    /** A refusal as the exception that pipelines carry. */
    public static RefusedException refused(Refusal refusal) {
        return new RefusedException(refusal);
    }
}
