package dev.entente.checks;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.UnknownHostException;

/** What went wrong on the network, in the words that Consul's operators know. */
final class Failures {
    private Failures() {}

    /** The text for a connection that was not made. */
    static String dialing(String network, String target, Throwable failure) {
        String dial = "dial " + network;
        if (isCausedBy(failure, UnknownHostException.class)) {
            return dial + ": lookup " + host(target) + ": no such host";
        }
        if (isCausedBy(failure, NoRouteToHostException.class)) {
            return dial + " " + target + ": connect: no route to host";
        }
        if (isCausedBy(failure, ConnectException.class) || isCausedBy(failure, PortUnreachableException.class)) {
            return dial + " " + target + ": connect: connection refused";
        }
        return dial + " " + target + ": " + message(failure);
    }

    static boolean isDialing(Throwable failure) {
        return isCausedBy(failure, UnknownHostException.class)
                || isCausedBy(failure, NoRouteToHostException.class)
                || isCausedBy(failure, ConnectException.class);
    }

    static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static String host(String target) {
        return Target.parse(target).map(Target::host).orElse(target);
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
