/** Stand-ins for ports, each as strict as the real thing where a test relies on it. */
@NullMarked
package dev.entente.fake;

import org.jspecify.annotations.NullMarked;
