package dev.entente.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.nio.NioEventLoopGroup;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** HTTP/2 by hand: what a connection may do, and what it is told. */
class RudeConnectionTest {
    private static final NioEventLoopGroup LOOPS = new NioEventLoopGroup(1);
    private static final Cluster CLUSTER = new Cluster("66666666-2222-3333-4444-555555555555", LOOPS).start();
    private static final byte SETTINGS = 4;
    private static final byte PING = 6;
    private static final byte GOAWAY = 7;
    private static final int MAX_CONCURRENT_STREAMS = 3;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int ENHANCE_YOUR_CALM = 11;

    @AfterAll
    static void stop() {
        CLUSTER.listeners.stop().await().indefinitely();
        LOOPS.shutdownGracefully();
    }

    /** A frame of the server. */
    private record Frame(byte type, byte flags, byte[] payload) {
        static Frame read(DataInputStream in) throws IOException {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            byte type = in.readByte();
            byte flags = in.readByte();
            in.readInt();
            return new Frame(type, flags, in.readNBytes(length));
        }
    }

    private static Socket connected() throws IOException {
        Socket socket = new Socket("127.0.0.1", CLUSTER.plaintextPort);
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        send(socket, SETTINGS, (byte) 0, new byte[0]);
        return socket;
    }

    private static void send(Socket socket, byte type, byte flags, byte[] payload) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(ByteBuffer.allocate(9 + payload.length)
                .put((byte) 0)
                .putShort((short) payload.length)
                .put(type)
                .put(flags)
                .putInt(0)
                .put(payload)
                .array());
    }

    private static Frame next(DataInputStream in, byte type) throws IOException {
        Frame frame = Frame.read(in);
        while (frame.type() != type) {
            frame = Frame.read(in);
        }
        return frame;
    }

    @Test
    void aConnectionIsToldHowManyCallsAndBytesItMayHaveUnderWay() throws Exception {
        try (Socket socket = connected()) {
            ByteBuffer settings = ByteBuffer.wrap(
                    next(new DataInputStream(socket.getInputStream()), SETTINGS).payload());
            Map<Integer, Integer> told = new HashMap<>();
            while (settings.hasRemaining()) {
                told.put((int) settings.getShort(), settings.getInt());
            }

            assertThat(told)
                    .containsEntry(MAX_CONCURRENT_STREAMS, 2048)
                    .containsEntry(INITIAL_WINDOW_SIZE, 1024 * 1024);
        }
    }

    @Test
    void whoPingsWithoutPauseIsSentAway() throws Exception {
        try (Socket socket = connected()) {
            for (int i = 0; i < 10; i++) {
                send(socket, PING, (byte) 0, new byte[8]);
            }

            ByteBuffer goodbye = ByteBuffer.wrap(
                    next(new DataInputStream(socket.getInputStream()), GOAWAY).payload());
            goodbye.getInt();
            assertThat(goodbye.getInt()).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }
}
