/** Hot state, the change log and leases; key names and scripts live in one file. */
@NullMarked
package dev.entente.redis;

import org.jspecify.annotations.NullMarked;
