/** The HTTP door held against captured answers of a real server. */
@NullMarked
package dev.entente.rest;

import org.jspecify.annotations.NullMarked;
