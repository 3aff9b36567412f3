/** One replication conversation as a value: events in, next state and effects out. */
@NullMarked
package dev.entente.domain.stream;

import org.jspecify.annotations.NullMarked;
