package dev.entente.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.nio.NioEventLoopGroup;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {
    private static SocketAddress from(String host, int port) {
        return new InetSocketAddress(host, port);
    }

    @Test
    void oneAddressGetsItsShareWhateverItsPorts() {
        WaitingRoom room = new WaitingRoom(10, 2);

        assertThat(room.enter(from("127.0.0.1", 1))).isPresent();
        assertThat(room.enter(from("127.0.0.1", 2))).isPresent();
        assertThat(room.enter(from("127.0.0.1", 3))).isEmpty();
        assertThat(room.enter(from("127.0.0.2", 1))).isPresent();
        assertThat(room.taken()).isEqualTo(3);
    }

    @Test
    void allTogetherGetNoMoreThanThereIs() {
        WaitingRoom room = new WaitingRoom(2, 2);
        room.enter(from("127.0.0.1", 1));
        room.enter(from("127.0.0.2", 1));

        assertThat(room.enter(from("127.0.0.3", 1))).isEmpty();
    }

    @Test
    void aPlaceIsFreeAgainOnceWhenItWasLeft() {
        WaitingRoom room = new WaitingRoom(1, 1);
        Optional<WaitingRoom.Place> place = room.enter(from("127.0.0.1", 1));

        place.orElseThrow().leave();
        place.orElseThrow().leave();

        assertThat(room.taken()).isZero();
        assertThat(room.enter(from("127.0.0.1", 1))).isPresent();
    }

    @Test
    void aConnectionTooManyIsClosedAtOnceAndMakesRoomForNobody() throws Exception {
        WaitingRoom room = new WaitingRoom(2, 2);
        NioEventLoopGroup loops = new NioEventLoopGroup(1);
        try {
            InetSocketAddress listening = (InetSocketAddress) new ServerBootstrap()
                    .group(loops)
                    .channelFactory(() -> new BoundedServerSocket(room))
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel connection) {}
                    })
                    .bind("127.0.0.1", 0)
                    .sync()
                    .channel()
                    .localAddress();
            try (Socket first = connect(listening);
                    Socket second = connect(listening);
                    Socket third = connect(listening)) {
                RecordingListener.await(() -> room.taken() == 2);
                assertThat(isClosed(third)).isTrue();
                first.close();
                RecordingListener.await(() -> room.taken() == 1);
                try (Socket fourth = connect(listening)) {
                    RecordingListener.await(() -> room.taken() == 2);
                    assertThat(second.isClosed() || fourth.isClosed()).isFalse();
                }
            }
        } finally {
            loops.shutdownGracefully();
        }
    }

    private static Socket connect(InetSocketAddress to) throws Exception {
        Socket socket = new Socket(to.getAddress(), to.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static boolean isClosed(Socket socket) throws Exception {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }
}
