package dev.entente.boot;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jboss.logging.Logger;

/**
 * Signals of the operating system that the JVM leaves to the program. The class that knows them belongs to the JVM and not to Java,
 * so it is found by its name; where there is none, or a platform does not know the signal, nothing listens.
 */
final class ProcessSignals {
    private static final Logger LOG = Logger.getLogger("dev.entente.boot");

    private ProcessSignals() {}

    /** Runs the action, on a thread of the JVM's own, each time the signal arrives; until then the signal ended the process. */
    static void on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object listener = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), listener);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            Throwable reason = e instanceof InvocationTargetException invoked ? invoked.getCause() : e;
            LOG.infof("signal not heard name=%s reason=%s", name, reason == null ? e : reason);
        }
    }
}
