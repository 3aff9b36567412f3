package dev.entente.grpc;

import dev.entente.domain.identity.Secret;
import dev.entente.engine.access.Caller;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads who calls from the metadata: the ACL token under {@code token} or {@code x-consul-token} (protocol chapter 2.2). */
final class PresentedToken implements ServerInterceptor {
    private static final Context.Key<Caller> CALLER = Context.keyWithDefault("caller", Caller.ANONYMOUS);
    private static final Metadata.Key<String> TOKEN = key("token");
    private static final Metadata.Key<String> CONSUL_TOKEN = key("x-consul-token");

    /** Who made the call that runs on this thread. */
    static Caller caller() {
        return CALLER.get();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Optional<Secret> token = Stream.of(TOKEN, CONSUL_TOKEN)
                .flatMap(key -> Optional.ofNullable(headers.get(key)).stream())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .map(Secret::new);
        Context context = Context.current().withValue(CALLER, new Caller(token));
        return Contexts.interceptCall(context, call, headers, next);
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
