/** Config entries: their kinds, contents and validation (protocol chapter 8). */
@NullMarked
package dev.entente.domain.config;

import org.jspecify.annotations.NullMarked;
