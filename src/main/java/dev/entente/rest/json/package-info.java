/** Consul-shaped JSON: one small writer per shape, key order and omission as protocol chapter 6.2 says. */
@NullMarked
package dev.entente.rest.json;

import org.jspecify.annotations.NullMarked;
