/** Gateways at the edge of the mesh, and the services that they lead to. */
@NullMarked
package dev.entente.domain.gateway;

import org.jspecify.annotations.NullMarked;
