@NullMarked
package dev.entente.rest.body;

import org.jspecify.annotations.NullMarked;
