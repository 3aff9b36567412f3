package dev.entente.domain.config;

/** Which header of an HTTP request a route or a rule of an intention is about (protocol chapters 8.3 and 6.6). */
public record HeaderMatch(
        String name, boolean present, String exact, String prefix, String suffix, String regex, boolean invert) {}
