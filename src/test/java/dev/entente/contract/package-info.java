/** What every implementation of a port must do; real stores and fakes pass the same claims. */
@NullMarked
package dev.entente.contract;

import org.jspecify.annotations.NullMarked;
