package dev.entente.engine.peering;

/**
 * What the use cases of peerings need to know of the agent's configuration.
 *
 * @param grpcTlsPort the port of the TLS listener that peers dial; 0 or less when there is none
 */
public record PeeringSettings(boolean peeringEnabled, boolean connectEnabled, String datacenter, int grpcTlsPort) {}
