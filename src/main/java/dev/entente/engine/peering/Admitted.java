package dev.entente.engine.peering;

import dev.entente.domain.peering.Peering;

/** A stream whose peer has shown the right secret, and the peering that it is for. */
public record Admitted(Peering peering) {}
