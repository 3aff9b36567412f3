/** The certificate authority, server and leaf certificates. */
@NullMarked
package dev.entente.pki;

import org.jspecify.annotations.NullMarked;
