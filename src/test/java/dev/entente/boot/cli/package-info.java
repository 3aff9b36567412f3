@NullMarked
package dev.entente.boot.cli;

import org.jspecify.annotations.NullMarked;
