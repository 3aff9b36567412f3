/** The outbound interfaces the engine needs, and nothing else. */
@NullMarked
package dev.entente.engine.port;

import org.jspecify.annotations.NullMarked;
