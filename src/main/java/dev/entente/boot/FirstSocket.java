package dev.entente.boot;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;

/** What {@link FirstDoor} is for a port, for a unix socket: whatever is asked there, the answer is the same. */
final class FirstSocket {
    /** Enough for the head of any request that is sent by those who wait for a start. */
    private static final int MOST_OF_A_REQUEST = 4096;

    private static final String END_OF_HEAD = "\r\n\r\n";

    private final Path path;
    private final ServerSocketChannel channel;
    private final ExecutorService threads;
    private final byte[] answer;

    private FirstSocket(Path path, ServerSocketChannel channel, ExecutorService threads, byte[] answer) {
        this.path = path;
        this.channel = channel;
        this.threads = threads;
        this.answer = answer;
    }

    /** Answers on these threads, of which one is kept busy until {@link #close}. */
    static FirstSocket open(Path path, ExecutorService threads, String answer) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        FirstSocket socket = new FirstSocket(path, channel, threads, answer.getBytes(StandardCharsets.UTF_8));
        threads.execute(socket::accept);
        return socket;
    }

    void close() {
        try {
            channel.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // Whoever listens next tells of a file that is in the way.
        }
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = channel.accept();
                threads.execute(() -> answer(client));
            }
        } catch (IOException e) {
            // Closed: the application's own server comes next.
        }
    }

    private void answer(SocketChannel client) {
        try (client) {
            byte[] request = new byte[MOST_OF_A_REQUEST];
            ByteBuffer unread = ByteBuffer.wrap(request);
            boolean isOpen = true;
            while (isOpen && unread.hasRemaining() && !isWhole(request, unread.position())) {
                isOpen = client.read(unread) >= 0;
            }
            client.write(ByteBuffer.wrap(answer));
        } catch (IOException e) {
            // Who has gone needs no answer.
        }
    }

    private static boolean isWhole(byte[] request, int length) {
        return new String(request, 0, length, StandardCharsets.ISO_8859_1).contains(END_OF_HEAD);
    }
}
