package dev.entente.domain.intention;

/** Whether a call is allowed, and why, in the words of {@code /v1/agent/connect/authorize}. */
public record Verdict(boolean allowed, String reason) {}
