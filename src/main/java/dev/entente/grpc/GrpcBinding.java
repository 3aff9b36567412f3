package dev.entente.grpc;

import java.util.List;

/**
 * Where a listener listens.
 *
 * @param hosts IP addresses, at least one when the port is not off
 * @param port negative for off; 0 for one that the system chooses
 */
public record GrpcBinding(List<String> hosts, int port) {
    public GrpcBinding {
        hosts = List.copyOf(hosts);
        if (port >= 0 && hosts.isEmpty()) {
            throw new IllegalArgumentException("a gRPC listener needs an address");
        }
    }

    boolean isOff() {
        return port < 0;
    }
}
