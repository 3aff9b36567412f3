package dev.entente.grpc;

/** What one connection or stream may cost (protocol chapter 2.2.1); bytes and seconds. */
final class Limits {
    static final int MAX_INBOUND_MESSAGE = 50 * 1024 * 1024;
    /**
     * What dialers of Consul take: those of 2022 this much, later ones twice as much, and nothing tells them apart (protocol
     * chapter 2.2.1). Acceptors and our own dialers take as much as we do.
     */
    static final int MAX_MESSAGE_TO_CONSUL_DIALER = 4 * 1024 * 1024;

    static final int MAX_STREAMS_PER_CONNECTION = 2048;
    /** Peers ping every 30 seconds, also without a call. */
    static final long MIN_PING_INTERVAL_SECONDS = 15;

    static final long PING_SECONDS = 30;
    static final long PING_TIMEOUT_SECONDS = 10;
    static final long IDLE_CONNECTION_SECONDS = 15 * 60;
    /** How long a connection to our port may take until TLS stands. */
    static final long ACCEPT_HANDSHAKE_SECONDS = 10;

    static final int MAX_CONNECTIONS = 2048;
    /** Peers behind a mesh gateway have one address. */
    static final int MAX_CONNECTIONS_OF_ADDRESS = 512;
    /** Of one connection, and of one stream: what is buffered for a reader that has not asked for more. */
    static final int FLOW_CONTROL_WINDOW = 1024 * 1024;
    /** How much a caller may send before it has shown a secret; a token with its list of CAs is the largest such message. */
    static final long MAX_UNPROVEN = 256 * 1024;

    static final int MAX_UNPROVEN_CALLS = 1024;
    static final int MAX_UNPROVEN_CALLS_OF_ADDRESS = 256;
    /** Streams that a connection may open and reset within a window of this length. */
    static final int MAX_RESETS = 400;

    static final int RESETS_WINDOW_SECONDS = 30;
    static final int MAX_EXCHANGE_ANSWER = 64 * 1024;
    static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    static final long HANDSHAKE_TIMEOUT_MILLIS = 5_000;
    static final int EXCHANGE_CONNECT_TIMEOUT_MILLIS = 2_000;
    /** As long as the whole redemption: a secret that was sent may be used up, so giving up early would waste the token. */
    static final long EXCHANGE_SECONDS = 5;
    /** How long the other side may take to end a stream that we have ended. */
    static final long LINGER_SECONDS = 5;
    /** How much may wait for a peer that does not read before its stream is cut. */
    static final long MAX_PENDING = 64L * 1024 * 1024;

    static final long CLOGGED = 1024 * 1024;

    static final long STOP_SECONDS = 2;

    /** How long a stop waits for connections that are being set up, twice. */
    static final long ARRIVAL_MILLIS = 250;

    private Limits() {}
}
