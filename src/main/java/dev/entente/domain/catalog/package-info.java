/** Nodes, services, checks, instances, snapshots of them, and the difference of two snapshots. */
@NullMarked
package dev.entente.domain.catalog;

import org.jspecify.annotations.NullMarked;
