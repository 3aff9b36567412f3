package dev.entente.grpc;

/**
 * Counts the bytes handed to a transport that did not ask for them. The engine waits until the transport is ready, so only small
 * answers should ever pile up; what goes beyond the limit shows a peer that does not read. Not thread-safe.
 */
final class SendBudget {
    private long pending;

    /** Notes a message; false when too much waits already. */
    boolean admits(boolean ready, int size) {
        if (ready) {
            pending = size;
            return true;
        }
        pending += size;
        return pending <= Limits.MAX_PENDING;
    }

    /** Whether so much waits that whatever is put behind it arrives late or never. */
    boolean isClogged(boolean ready) {
        return !ready && pending > Limits.CLOGGED;
    }

    static String exhausted() {
        return "the other side does not read: more than " + Limits.MAX_PENDING / (1024 * 1024) + " MiB wait to be sent";
    }
}
