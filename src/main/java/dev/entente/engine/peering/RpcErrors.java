package dev.entente.engine.peering;

import dev.entente.engine.port.StreamEnd;
import java.util.List;

/** Failed calls as Consul's servers put them into words. */
final class RpcErrors {
    /** The names of the gRPC codes, in the order of their numbers. */
    private static final List<String> CODES = List.of(
            "OK",
            "Canceled",
            "Unknown",
            "InvalidArgument",
            "DeadlineExceeded",
            "NotFound",
            "AlreadyExists",
            "PermissionDenied",
            "ResourceExhausted",
            "FailedPrecondition",
            "Aborted",
            "OutOfRange",
            "Unimplemented",
            "Internal",
            "Unavailable",
            "DataLoss",
            "Unauthenticated");

    private RpcErrors() {}

    static String text(StreamEnd end) {
        boolean known = end.code() >= 0 && end.code() < CODES.size();
        String code = known ? CODES.get(end.code()) : "Code(" + end.code() + ")";
        return "rpc error: code = " + code + " desc = " + end.text();
    }
}
