/** Use cases of the mesh: the configuration of the certificate authority, and the leaf certificates of services. */
@NullMarked
package dev.entente.engine.connect;

import org.jspecify.annotations.NullMarked;
