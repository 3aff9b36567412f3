package dev.entente.domain.catalog;

/** One of the addresses under which a service instance can be reached. */
public record ServiceAddress(String address, int port) {}
