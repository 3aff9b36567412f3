package dev.entente.rest.http;

import dev.entente.domain.query.WaitTime;
import dev.entente.rest.json.AgentProfile;
import dev.entente.rest.json.Indented;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;

/**
 * Runs an endpoint for a request: checks what is common to all, turns failures into answers, and packs the answer. Nothing that an
 * endpoint throws gets past it.
 */
@Singleton
public final class Door {
    private final RouteTable table = RouteTable.standard();
    private final AgentProfile profile;
    private final WaitTime waitTime;

    public Door(AgentProfile profile, WaitTime waitTime) {
        this.profile = profile;
        this.waitTime = waitTime;
    }

    /** The request as endpoints see it, for those that answer it themselves. */
    public Call call(HttpServerRequest request) {
        return new Call(request, table, waitTime);
    }

    /** The answer to a failure, with its text alone. */
    public static Answer refusal(Throwable failure) {
        return Failures.plain(failure);
    }

    /** For endpoints whose failures are answered with their text alone. */
    public Uni<Response> answer(HttpServerRequest request, Function<Call, Uni<Answer>> endpoint) {
        return run(request, endpoint, Failures::plain);
    }

    /** For reads that carry the meta headers also when they are refused. */
    public Uni<Response> read(HttpServerRequest request, Function<Call, Uni<Answer>> endpoint) {
        return run(request, endpoint, Failures::ofRead);
    }

    /** For endpoints whose failures are answered with the text of a gRPC error. */
    public Uni<Response> remote(HttpServerRequest request, Function<Call, Uni<Answer>> endpoint) {
        return run(request, endpoint, Failures::remote);
    }

    private Uni<Response> run(
            HttpServerRequest request, Function<Call, Uni<Answer>> endpoint, Function<Throwable, Answer> onFailure) {
        Call call = call(request);
        return Uni.createFrom()
                .deferred(() -> {
                    call.refuseNamespaces();
                    return endpoint.apply(call);
                })
                .onFailure()
                .recoverWithItem(onFailure)
                .map(answer -> pack(call, answer));
    }

    private Response pack(Call call, Answer answer) {
        Response.ResponseBuilder response = Response.status(answer.status());
        answer.headers().forEach(response::header);
        if (answer.body().length == 0 && answer.contentType().isEmpty()) {
            return response.build();
        }
        byte[] body = answer.body();
        if (answer.contentType().equals(Answer.JSON) && (profile.alwaysPretty() || call.isPretty())) {
            body = Indented.of(body);
        }
        if (body.length >= Gzip.FROM_SIZE && call.acceptsGzip()) {
            body = Gzip.compress(body);
            response.header(Headers.CONTENT_ENCODING, "gzip");
        }
        return response.header(Headers.CONTENT_TYPE, answer.contentType())
                .entity(body)
                .build();
    }
}
