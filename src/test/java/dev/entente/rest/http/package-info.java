@NullMarked
package dev.entente.rest.http;

import org.jspecify.annotations.NullMarked;
