package dev.entente.engine.port;

import dev.entente.domain.catalog.Service;

/** A service instance together with the node it is on. */
public record ServiceRecord(String node, Service service) {}
