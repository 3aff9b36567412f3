package dev.entente.grpc;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.List;
import java.util.Optional;

/**
 * A listening socket that closes a new connection at once when there are too many, before anything is read from it or any
 * cryptography done for it.
 */
final class BoundedServerSocket extends NioServerSocketChannel {
    private final WaitingRoom connections;

    BoundedServerSocket(WaitingRoom connections) {
        this.connections = connections;
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
        int before = accepted.size();
        int read = super.doReadMessages(accepted);
        for (int i = accepted.size() - 1; i >= before; i--) {
            Channel connection = (Channel) accepted.get(i);
            if (!admits(connection)) {
                accepted.remove(i);
                connection.unsafe().closeForcibly();
            }
        }
        return read;
    }

    private boolean admits(Channel connection) {
        Optional<WaitingRoom.Place> place = connections.enter(connection.remoteAddress());
        place.ifPresent(held -> connection.closeFuture().addListener(closed -> held.leave()));
        return place.isPresent();
    }
}
