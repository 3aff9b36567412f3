/** The private PostgreSQL and Redis of an agent that was given no store: prepared once, started fast, recognised after a crash. */
@NullMarked
package dev.entente.boot.embedded;

import org.jspecify.annotations.NullMarked;
