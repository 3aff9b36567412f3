@NullMarked
package dev.entente.telemetry;

import org.jspecify.annotations.NullMarked;
