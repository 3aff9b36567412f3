package dev.entente.grpc;

import dev.entente.grpc.wire.peerstream.ReplicationMessage;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.InputStream;

/**
 * Writes replication messages, and knows one that ends the call on the spot.
 *
 * <p>Why: closing a call puts its status behind everything that waits to be sent, so a peer that does not read would keep all of that
 * in memory for as long as it likes. gRPC resets a call at once only when a message cannot be written; {@link #CUT} is such a message.
 */
final class CuttableMessages implements MethodDescriptor.Marshaller<ReplicationMessage> {
    /** Told apart by identity; never sent. */
    static final ReplicationMessage CUT = ReplicationMessage.newBuilder().build();

    private final MethodDescriptor.Marshaller<ReplicationMessage> usual;

    CuttableMessages(MethodDescriptor.Marshaller<ReplicationMessage> usual) {
        this.usual = usual;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // an equal message is an ordinary one
    public InputStream stream(ReplicationMessage message) {
        if (message == CUT) {
            throw Status.RESOURCE_EXHAUSTED
                    .withDescription(SendBudget.exhausted())
                    .asRuntimeException();
        }
        return usual.stream(message);
    }

    @Override
    public ReplicationMessage parse(InputStream bytes) {
        return usual.parse(bytes);
    }
}
