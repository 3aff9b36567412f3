package dev.entente.domain.catalog;

/** DNS weights of an instance while it passes and while it warns. */
public record Weights(int passing, int warning) {
    public static final Weights DEFAULT = new Weights(1, 1);
}
