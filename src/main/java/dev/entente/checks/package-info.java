/** Runs HTTP, TCP, gRPC, alias and TTL checks on event loops. */
@NullMarked
package dev.entente.checks;

import org.jspecify.annotations.NullMarked;
