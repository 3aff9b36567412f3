package dev.entente.grpc;

import io.grpc.stub.StreamObserver;
import io.smallrye.mutiny.Uni;

/**
 * Where a pipeline of the engine becomes the answer of a unary call: the one place of this edge that subscribes, because gRPC calls
 * back and does not take a {@link Uni}.
 */
final class UnaryAnswer {
    private UnaryAnswer() {}

    static <T> void send(Uni<? extends T> answer, StreamObserver<T> caller) {
        answer.subscribe()
                .with(
                        item -> {
                            caller.onNext(item);
                            caller.onCompleted();
                        },
                        failure -> caller.onError(GrpcStatuses.of(failure).asRuntimeException()));
    }
}
