/** What a replica does as an agent: its node, its services, its checks. */
@NullMarked
package dev.entente.engine.agent;

import org.jspecify.annotations.NullMarked;
