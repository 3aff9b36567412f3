/** Clusters of the real engine in a seeded, single-threaded world with a virtual clock, and what must hold in it after every event. */
@NullMarked
package dev.entente.sim;

import org.jspecify.annotations.NullMarked;
