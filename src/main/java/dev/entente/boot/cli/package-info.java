/** The command line: Consul's agent flags in the style of Go, read into configuration sources. */
@NullMarked
package dev.entente.boot.cli;

import org.jspecify.annotations.NullMarked;
