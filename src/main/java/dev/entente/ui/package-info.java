/** The pages for people. */
@NullMarked
package dev.entente.ui;

import org.jspecify.annotations.NullMarked;
