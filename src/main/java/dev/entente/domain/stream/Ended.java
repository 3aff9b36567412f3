package dev.entente.domain.stream;

/** The conversation is over. The driver lets go of everything and hands on no more events. */
public record Ended(Ending ending) implements Session {}
