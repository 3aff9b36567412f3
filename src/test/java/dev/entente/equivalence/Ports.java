package dev.entente.equivalence;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Hands out blocks of ports that nobody listens on; a server keeps its block over restarts. */
final class Ports {
    private static final int BLOCK = 4;
    private static final int END = 32_000;

    private int next = Integer.getInteger("equivalence.port", 21_500);

    synchronized int block() throws IOException {
        while (next + BLOCK < END) {
            int first = next;
            next += 10;
            if (isFree(first)) {
                return first;
            }
        }
        throw new IOException("no free ports below " + END);
    }

    private static boolean isFree(int first) {
        for (int port = first; port < first + BLOCK; port++) {
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (!probe.isBound()) {
                    return false;
                }
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}
