@NullMarked
package dev.entente.boot;

import org.jspecify.annotations.NullMarked;
