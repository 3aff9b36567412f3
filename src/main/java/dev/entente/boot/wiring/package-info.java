/** Puts the rooms together: makes the engine out of its ports, and starts and stops what runs by itself. */
@NullMarked
package dev.entente.boot.wiring;

import org.jspecify.annotations.NullMarked;
