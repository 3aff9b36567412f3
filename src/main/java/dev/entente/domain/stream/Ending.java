package dev.entente.domain.stream;

/** How a conversation ended. */
public sealed interface Ending {

    /** The peering is gone on one of the sides: no reason to dial again before its record changes. */
    record Farewell() implements Ending {}

    /** We stopped on purpose; somebody else may go on. */
    record Stopped() implements Ending {}

    /** It broke or was refused; {@code code} is a gRPC code number. */
    record Failed(int code, String text) implements Ending {
        static Failed of(StatusCode code, String text) {
            return new Failed(code.number(), text);
        }
    }
}
