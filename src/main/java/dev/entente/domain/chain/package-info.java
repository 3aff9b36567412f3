/** Discovery chains: what routers, splitters and resolvers make of a service, and which sets of entries fit together. */
@NullMarked
package dev.entente.domain.chain;

import org.jspecify.annotations.NullMarked;
