package dev.entente.rest.http;

import dev.entente.domain.query.WaitTime;
import dev.entente.rest.json.AgentProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs an endpoint for a request: checks what is common to all, turns failures into answers, and packs the answer. Nothing that an
 * endpoint throws gets past it.
 */
@Singleton
public final class Door {
    private final RouteTable table = RouteTable.standard();
    private final Packing packing;
    private final WaitTime waitTime;
    private final AnswerRoom room;
    private final ClientPace pace;

    public Door(AgentProfile profile, WaitTime waitTime, AnswerRoom room, ClientPace pace) {
        this.packing = new Packing(profile);
        this.waitTime = waitTime;
        this.room = room;
        this.pace = pace;
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
        return run(request, optionsFirst(endpoint), Failures::ofRead);
    }

    /** For reads that are refused with the text alone. */
    public Uni<Response> bareRead(HttpServerRequest request, Function<Call, Uni<Answer>> endpoint) {
        return run(request, optionsFirst(endpoint), Failures::plain);
    }

    /** How to answer is looked at before what is asked for, so that the same mistake is named first as by Consul. */
    private static Function<Call, Uni<Answer>> optionsFirst(Function<Call, Uni<Answer>> endpoint) {
        return call -> {
            ReadOptions.of(call);
            return endpoint.apply(call);
        };
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
                .map(answer -> response(call, answer))
                .onFailure()
                .recoverWithItem(failure -> response(call, onFailure.apply(failure)));
    }

    private Response response(Call call, Answer answer) {
        Answer packed = answer.hold() == null ? packing.packed(call, answer) : answer;
        Response.ResponseBuilder response = Response.status(packed.status());
        packed.headers().forEach(response::header);
        if (packed.body().length == 0 && packed.contentType().isEmpty()) {
            return response.build();
        }
        return response.header(Headers.CONTENT_TYPE, packed.contentType())
                .entity(entity(call, packed))
                .build();
    }

    private Object entity(Call call, Answer packed) {
        byte[] body = packed.body();
        Hold hold = packed.hold();
        if (call.request().method().equals(HttpMethod.HEAD)) {
            // The body is not looked at any more.
            Optional.ofNullable(hold).ifPresent(Hold::leave);
            return body;
        }
        if (hold == null && body.length < HeldBody.FROM_SIZE) {
            return body;
        }
        Hold counted = hold == null ? room.enterBeside(body.length).orElseThrow(AnswerRoom::full)::leave : hold;
        return new HeldBody(body, counted, pace).within(call.request());
    }
}
