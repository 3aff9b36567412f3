package dev.entente.grpc;

/** What one connection or stream may cost (protocol chapter 2.2.1); bytes and seconds. */
final class Limits {
    static final int MAX_INBOUND_MESSAGE = 50 * 1024 * 1024;
    static final int MAX_STREAMS_PER_CONNECTION = 2048;
    /** Peers ping every 30 seconds, also without a call. */
    static final long MIN_PING_INTERVAL_SECONDS = 15;

    static final long PING_SECONDS = 30;
    static final long PING_TIMEOUT_SECONDS = 10;
    static final long IDLE_CONNECTION_SECONDS = 15 * 60;
    static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    static final long HANDSHAKE_TIMEOUT_MILLIS = 5_000;
    static final long EXCHANGE_SECONDS = 2;
    /** How long the other side may take to end a stream that we have ended. */
    static final long LINGER_SECONDS = 5;
    /** How much may wait for a peer that does not read before its stream is cut. */
    static final long MAX_PENDING = 64L * 1024 * 1024;

    static final long CLOGGED = 1024 * 1024;

    static final long STOP_SECONDS = 2;

    private Limits() {}
}
