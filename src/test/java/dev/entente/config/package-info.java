@NullMarked
package dev.entente.config;

import org.jspecify.annotations.NullMarked;
