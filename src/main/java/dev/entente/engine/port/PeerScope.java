package dev.entente.engine.port;

import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;

/** The peer that a record was imported from; the id tells a peering from an earlier one of the same name. */
public record PeerScope(PeerName name, PeeringId id) {}
