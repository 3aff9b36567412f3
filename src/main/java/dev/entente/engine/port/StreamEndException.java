package dev.entente.engine.port;

/** A call to another cluster that ended with a gRPC status. */
public final class StreamEndException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient StreamEnd end;

    public StreamEndException(StreamEnd end) {
        super(end.text(), null, false, false);
        this.end = end;
    }

    public StreamEnd end() {
        return end;
    }
}
