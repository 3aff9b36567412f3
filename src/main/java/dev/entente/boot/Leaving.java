package dev.entente.boot;

/** Whether this process was told to take its node out of the catalog when it ends: by the signal that ends it, as configured. */
public final class Leaving {
    private static volatile boolean wanted;

    private Leaving() {}

    static void want() {
        wanted = true;
    }

    /** Asked once, when the application stops. */
    public static boolean isWanted() {
        return wanted;
    }
}
