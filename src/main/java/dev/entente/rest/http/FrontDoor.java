package dev.entente.rest.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What comes before every resource: malformed queries and paths, redirects, unknown paths, wrong verbs and {@code OPTIONS}, answered
 * from the route table exactly as Consul does (protocol chapter 6.1.1). What it lets through has a row in the table, or is not ours.
 */
public final class FrontDoor {
    private static final String NO_ENDPOINT = "Invalid URL path: not a recognized HTTP API endpoint\n";
    private static final String NO_API =
            "Invalid URL path: if attempting to use the HTTP API, ensure the path starts with '/v1/'\n";
    private static final String UI_DISABLED =
            "Consul Agent: UI disabled. To enable, set ui_config.enabled=true in the agent"
                    + " configuration and restart.";
    /** A token in a query is a secret, and must not be logged. */
    private static final Pattern TOKEN = Pattern.compile("((?:^|[?&])token=)[^&]*");

    /** Paths that other doors of this server answer: pages, health and metrics. */
    private static final List<String> OTHER_DOORS = List.of("/ui", "/q/");

    private final RouteTable table;
    private final boolean uiEnabled;
    private final RequestReport report;
    private final HttpRules rules;
    private final ClientConnections connections;
    private final BodyDeadline bodies;
    private final UnreadAnswers unread = new UnreadAnswers(UnreadAnswers.USUAL);

    public FrontDoor(RouteTable table, boolean uiEnabled, RequestReport report, HttpRules rules) {
        this(table, uiEnabled, report, rules, new BodyDeadline(BodyDeadline.USUAL));
    }

    FrontDoor(RouteTable table, boolean uiEnabled, RequestReport report, HttpRules rules, BodyDeadline bodies) {
        this.bodies = bodies;
        this.table = table;
        this.uiEnabled = uiEnabled;
        this.report = report;
        this.rules = rules;
        this.connections = new ClientConnections(rules.maxConnectionsPerClient());
    }

    /** Answers the request, or passes it on. */
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.version() == io.vertx.core.http.HttpVersion.HTTP_2 && isGrpc(request)) {
            context.next();
            return;
        }
        unread.whenTaken(context, () -> admit(context));
    }

    private void admit(RoutingContext context) {
        HttpServerRequest request = context.request();
        rules.responseHeaders().forEach(request.response()::putHeader);
        if (!connections.admit(request)) {
            request.response()
                    .putHeader("Connection", "close")
                    .setStatusCode(429)
                    .end();
            return;
        }
        Optional<String> decoded = QueryParameters.percentDecode(rawPath(request));
        if (decoded.isEmpty() || !isPrintable(decoded.get())) {
            context.response().setStatusCode(400).end();
            return;
        }
        String path = decoded.get();
        String clean = Paths.clean(path);
        if (!clean.equals(path)) {
            redirect(request, clean);
        } else if (OTHER_DOORS.stream().anyMatch(path::startsWith)) {
            context.next();
        } else if (table.lacksSlash(path)) {
            redirect(request, path + "/");
        } else {
            table.find(path).ifPresentOrElse(route -> enter(context, route), () -> unknown(request, path));
        }
    }

    private static boolean isGrpc(HttpServerRequest request) {
        String type = request.getHeader(Headers.CONTENT_TYPE);
        return type != null && type.startsWith("application/grpc");
    }

    private void enter(RoutingContext context, Route route) {
        HttpServerResponse response = context.response();
        long began = System.nanoTime();
        context.addEndHandler(end -> report(context.request(), route, Duration.ofNanos(System.nanoTime() - began)));
        response.putHeader(Headers.VARY, Headers.ACCEPT_ENCODING).putHeader(Headers.ACL_POLICY, "allow");
        if (QueryParameters.parse(context.request().query()).isEmpty()) {
            response.setStatusCode(500).end();
            return;
        }
        String method = context.request().method().name();
        Optional<String> refusal = rules.refusal(context.request(), route);
        if (refusal.isPresent()) {
            text(context.request(), 403, refusal.get());
            return;
        }
        if (method.equals("OPTIONS")) {
            response.putHeader(Headers.ALLOW, route.allow()).end();
        } else if (!route.methods().contains(method)) {
            response.putHeader(Headers.ALLOW, route.allow());
            text(context.request(), 405, "method " + method + " not allowed");
        } else {
            bodies.watch(context);
            context.next();
        }
    }

    private void report(HttpServerRequest request, Route route, Duration took) {
        report.answered(
                request.method().name(),
                route,
                () -> withoutToken(request),
                String.valueOf(request.remoteAddress()),
                took);
    }

    private static String withoutToken(HttpServerRequest request) {
        return TOKEN.matcher(String.valueOf(request.uri())).replaceAll("$1<hidden>");
    }

    private void unknown(HttpServerRequest request, String path) {
        if (path.equals("/") && uiEnabled) {
            redirect(request, "/ui/");
        } else if (path.equals("/")) {
            text(request, 200, UI_DISABLED);
        } else {
            String reason = path.contains("/v1/") ? NO_ENDPOINT : NO_API;
            text(request, 404, OutsideFamilies.sentence(path).orElse(reason));
        }
    }

    private static void redirect(HttpServerRequest request, String path) {
        String query = request.query();
        String location = Paths.encode(path) + (query == null || query.isEmpty() ? "" : "?" + query);
        HttpServerResponse response = request.response().setStatusCode(301).putHeader(Headers.LOCATION, location);
        if (request.method().equals(HttpMethod.GET)) {
            String link = location.replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&#34;");
            response.putHeader(Headers.CONTENT_TYPE, "text/html; charset=utf-8")
                    .end("<a href=\"" + link + "\">Moved Permanently</a>.\n\n");
        } else {
            response.end();
        }
    }

    private static void text(HttpServerRequest request, int status, String text) {
        HttpServerResponse response =
                request.response().setStatusCode(status).putHeader(Headers.CONTENT_TYPE, Answer.TEXT);
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(text);
        }
    }

    private static String rawPath(HttpServerRequest request) {
        @Nullable String path = request.path();
        return path == null ? "/" : path;
    }

    private static boolean isPrintable(String path) {
        return path.codePoints().allMatch(FrontDoor::isPrintable);
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> true;
        };
    }
}
