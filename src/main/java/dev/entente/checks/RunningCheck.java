package dev.entente.checks;

/** A check that runs until it is stopped; stopping twice does nothing. */
interface RunningCheck {
    void start();

    void stop();
}
