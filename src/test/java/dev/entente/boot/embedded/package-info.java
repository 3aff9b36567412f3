@NullMarked
package dev.entente.boot.embedded;

import org.jspecify.annotations.NullMarked;
