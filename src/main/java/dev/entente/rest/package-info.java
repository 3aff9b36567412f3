/** HTTP resources, parameters, Consul-shaped JSON and the one table from refusals to statuses. */
@NullMarked
package dev.entente.rest;

import org.jspecify.annotations.NullMarked;
