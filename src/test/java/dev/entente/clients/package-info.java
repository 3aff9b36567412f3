/** Clients of Consul that Java programs use, unchanged, against the running application. */
@NullMarked
package dev.entente.clients;

import org.jspecify.annotations.NullMarked;
