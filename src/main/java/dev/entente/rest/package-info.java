/** The HTTP door: Consul's HTTP API as JAX-RS resources over the engine's pipelines. */
@NullMarked
package dev.entente.rest;

import org.jspecify.annotations.NullMarked;
