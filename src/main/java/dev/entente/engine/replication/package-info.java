/** Runs one stream session; supervises dialing and reconnects. */
@NullMarked
package dev.entente.engine.replication;

import org.jspecify.annotations.NullMarked;
