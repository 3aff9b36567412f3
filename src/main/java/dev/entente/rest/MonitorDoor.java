package dev.entente.rest;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.access.Permission;
import dev.entente.engine.port.LogLines;
import dev.entente.engine.port.LogLines.Level;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Door;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Locale;

/**
 * {@code /v1/agent/monitor}: the log of this replica as it is written, until the client goes (protocol chapter 6.8). It is answered
 * before the resources, because no answer of theirs is without an end.
 */
@Singleton
final class MonitorDoor {
    static final String PATH = "/v1/agent/monitor";

    private final Door door;
    private final Authorizer authorizer;
    private final LogLines lines;

    MonitorDoor(Door door, Authorizer authorizer, LogLines lines) {
        this.door = door;
        this.authorizer = authorizer;
        this.lines = lines;
    }

    /** Answers, or passes on what is for others. */
    void handle(RoutingContext context) {
        if (!PATH.equals(context.request().path())) {
            context.next();
            return;
        }
        Uni.createFrom()
                .deferred(() -> level(door.call(context.request())))
                .subscribe()
                .with(level -> stream(context, level), failure -> refuse(context.response(), failure));
    }

    private Uni<Level> level(Call call) {
        String named = call.query().first("loglevel");
        Level level = named.isEmpty() ? Level.INFO : parse(named);
        return authorizer
                .require(call.caller(), PartitionName.DEFAULT, Permission.read(Permission.Area.AGENT, ""))
                .replaceWith(level);
    }

    private static Level parse(String named) {
        String name = named.toUpperCase(Locale.ROOT);
        try {
            return Level.valueOf(name.equals("ERR") ? "ERROR" : name);
        } catch (IllegalArgumentException e) {
            throw Call.refused(Refusal.badRequest("Unknown log level: " + named));
        }
    }

    private void stream(RoutingContext context, Level level) {
        boolean json = door.call(context.request()).query().has("logjson");
        HttpServerResponse response = context.response().setChunked(true).putHeader("Content-Type", Answer.TEXT);
        LogFollower follower = new LogFollower(response, context.vertx().getOrCreateContext());
        LogLines.Following following = lines.follow(level, json, follower::hear);
        response.closeHandler(gone -> following.close());
        response.exceptionHandler(trouble -> following.close());
        // The head goes out at once, so that the client knows that it is heard.
        response.write("");
    }

    private static void refuse(HttpServerResponse response, Throwable failure) {
        Answer answer = Door.refusal(failure);
        response.setStatusCode(answer.status())
                .putHeader("Content-Type", answer.contentType())
                .end(Buffer.buffer(answer.body()));
    }
}
