@NullMarked
package dev.entente.redis;

import org.jspecify.annotations.NullMarked;
