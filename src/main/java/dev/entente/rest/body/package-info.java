/** Request bodies: JSON read with Go's strictness and texts (protocol chapter 6.1.9), turned into the engine's commands. */
@NullMarked
package dev.entente.rest.body;

import org.jspecify.annotations.NullMarked;
